package dev.cordon.capability;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds of authority that a host can give. */
public enum GrantKind {
    /** See a host directory. */
    FS_READ("fs:read", Scope.DIRECTORY),
    /** Read, create, change and delete under a host directory. */
    FS_WRITE("fs:write", Scope.DIRECTORY),
    /** Connect to other machines. */
    NET_OUTBOUND("net:outbound", Scope.ENDPOINT),
    /** Accept connections. */
    NET_INBOUND("net:inbound", Scope.LISTENER),
    /** Start a program. */
    SYS_EXEC("sys:exec", Scope.PROGRAM),
    /** Grow linear memory past what the module declares initially. */
    SYS_MEMORY("sys:memory", Scope.NONE),
    /** Send commands to other plugins and the host. */
    COMMAND_SEND("command:send", Scope.NAME),
    /** Publish events. */
    EVENT_PUBLISH("event:publish", Scope.NAME),
    /** Receive events. */
    EVENT_SUBSCRIBE("event:subscribe", Scope.NAME),
    /** Read shared data. */
    DATA_READ("data:read", Scope.NAME),
    /** Write shared data. */
    DATA_WRITE("data:write", Scope.NAME),
    /** Call functions of the application. */
    HOST_CALL("host:call", Scope.NAME),
    /** Read a clock of nanoseconds instead of one of milliseconds. */
    CLOCK_PRECISE("clock:precise", Scope.NONE),
    /** Get secure random bytes. */
    RANDOM("random", Scope.NONE),
    /** Read the environment variables that the host passes. */
    ENV("env", Scope.NONE),
    /** Use the streams that the host passes. */
    STDIO("stdio", Scope.NONE);

    /** What the part behind {@code =} names. */
    enum Scope {
        NONE,
        DIRECTORY,
        ENDPOINT,
        LISTENER,
        PROGRAM,
        NAME
    }

    private final String text;
    private final Scope scope;

    GrantKind(String text, Scope scope) {
        this.text = text;
        this.scope = scope;
    }

    /**
     * The kind with a name.
     *
     * @param text for example {@code fs:read}
     * @return empty if there is none
     */
    public static Optional<GrantKind> of(String text) {
        return Arrays.stream(values()).filter(kind -> kind.text.equals(text)).findFirst();
    }

    /**
     * The kind as users write it.
     *
     * @return for example {@code fs:read}
     */
    public String text() {
        return text;
    }

    Scope scope() {
        return scope;
    }

    /** All names, for the help line of an error. */
    static String names() {
        return Arrays.stream(values()).map(GrantKind::text).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return text;
    }
}

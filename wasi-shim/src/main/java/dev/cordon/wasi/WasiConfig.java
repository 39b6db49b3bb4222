package dev.cordon.wasi;

import dev.cordon.wasi.audit.AuditTrail;
import dev.cordon.wasi.audit.UseApproval;
import dev.cordon.wasi.limit.Ledger;
import dev.cordon.wasi.limit.Limits;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that a guest may reach during one run. Immutable, as far as the parts are; every
 * {@code with} method returns a copy.
 *
 * @param arguments the guest's arguments, the program's name first
 * @param environment the guest's environment variables, in the order that it sees them
 * @param streams its standard streams
 * @param clock the time that it sees
 * @param random where its random bytes come from
 * @param doors the files and the network that it may reach
 * @param ledger what it may use up, with all other runs of the same ledger
 * @param ports how the embedder has a say
 */
public record WasiConfig(
        List<String> arguments,
        Map<String, String> environment,
        WasiStreams streams,
        GuestClock clock,
        RandomSource random,
        WasiDoors doors,
        Ledger ledger,
        WasiPorts ports) {
    /**
     * Checks the texts, which are the only part that can be wrong.
     *
     * @throws IllegalArgumentException when an argument or a variable has a zero character, or a
     *     name is empty or has an equals sign
     */
    public WasiConfig {
        arguments = List.copyOf(arguments);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        arguments.forEach(argument -> requireNoZero("argument", argument));
        environment.forEach(WasiConfig::checkVariable);
    }

    /**
     * The start of every configuration, which grants nothing:
     *
     * <ul>
     *   <li>no arguments and no environment variables
     *   <li>no preopens, so no path can be opened
     *   <li>stdin is empty; stdout and stderr are discarded
     *   <li>the clock is stopped at the epoch
     *   <li>random bytes are secure, since they give no authority and guests need them to be safe
     *   <li>no sockets and no network
     *   <li>the default limits, with a ledger of its own
     *   <li>calls are free, waits are endless and nobody listens
     * </ul>
     *
     * @return the empty configuration
     */
    public static WasiConfig empty() {
        return new WasiConfig(
                List.of(),
                Map.of(),
                WasiStreams.none(),
                GuestClock.stopped(),
                DefaultRandom.SOURCE,
                WasiDoors.none(),
                Ledger.of(Limits.defaults()),
                WasiPorts.none());
    }

    /**
     * Sets the arguments.
     *
     * @param next the program's name first
     * @return a copy with these
     */
    public WasiConfig withArguments(List<String> next) {
        return new WasiConfig(next, environment, streams, clock, random, doors, ledger, ports);
    }

    /**
     * Sets the environment.
     *
     * @param next values by name
     * @return a copy with this
     */
    public WasiConfig withEnvironment(Map<String, String> next) {
        return new WasiConfig(arguments, next, streams, clock, random, doors, ledger, ports);
    }

    /**
     * Sets what the guest reads.
     *
     * @param stdin standard input
     * @return a copy with this
     */
    public WasiConfig withStdin(GuestInput stdin) {
        return withStreams(new WasiStreams(stdin, streams.stdout(), streams.stderr()));
    }

    /**
     * Sets what takes the guest's output.
     *
     * @param stdout standard output
     * @return a copy with this
     */
    public WasiConfig withStdout(GuestOutput stdout) {
        return withStreams(new WasiStreams(streams.stdin(), stdout, streams.stderr()));
    }

    /**
     * Sets what takes the guest's complaints.
     *
     * @param stderr standard error
     * @return a copy with this
     */
    public WasiConfig withStderr(GuestOutput stderr) {
        return withStreams(new WasiStreams(streams.stdin(), streams.stdout(), stderr));
    }

    /**
     * Sets all three streams.
     *
     * @param next the streams
     * @return a copy with these
     */
    public WasiConfig withStreams(WasiStreams next) {
        return new WasiConfig(arguments, environment, next, clock, random, doors, ledger, ports);
    }

    /**
     * Sets the time that the guest sees.
     *
     * @param next the clock
     * @return a copy with this
     */
    public WasiConfig withClock(GuestClock next) {
        return new WasiConfig(arguments, environment, streams, next, random, doors, ledger, ports);
    }

    /**
     * Sets where random bytes come from.
     *
     * @param next the source
     * @return a copy with this
     */
    public WasiConfig withRandom(RandomSource next) {
        return new WasiConfig(arguments, environment, streams, clock, next, doors, ledger, ports);
    }

    /**
     * Sets the directories that the guest finds open.
     *
     * @param preopens each open; they stay the caller's to close
     * @return a copy with these
     */
    public WasiConfig withPreopens(List<Preopen> preopens) {
        return withDoors(new WasiDoors(preopens, doors.listeners(), doors.network()));
    }

    /**
     * Sets the sockets that the guest may accept connections on.
     *
     * @param listeners each open; they stay the caller's to close
     * @return a copy with these
     */
    public WasiConfig withListeners(List<GuestListener> listeners) {
        return withDoors(new WasiDoors(doors.preopens(), listeners, doors.network()));
    }

    /**
     * Sets what the guest may reach on the network.
     *
     * @param network stays the caller's to close
     * @return a copy with this
     */
    public WasiConfig withNetwork(Network network) {
        return withDoors(new WasiDoors(doors.preopens(), doors.listeners(), network));
    }

    /**
     * Sets all doors.
     *
     * @param next the doors
     * @return a copy with these
     */
    public WasiConfig withDoors(WasiDoors next) {
        return new WasiConfig(arguments, environment, streams, clock, random, next, ledger, ports);
    }

    /**
     * Sets what the guest may use up.
     *
     * @param next counts for every run that has it
     * @return a copy with this
     */
    public WasiConfig withLedger(Ledger next) {
        return new WasiConfig(arguments, environment, streams, clock, random, doors, next, ports);
    }

    /**
     * Sets who charges for calls.
     *
     * @param meter the meter
     * @return a copy with this
     */
    public WasiConfig withMeter(HostCallMeter meter) {
        return withPorts(ports.withMeter(meter));
    }

    /**
     * Sets who ends waits.
     *
     * @param checkpoint the checkpoint
     * @return a copy with this
     */
    public WasiConfig withCheckpoint(Checkpoint checkpoint) {
        return withPorts(ports.withCheckpoint(checkpoint));
    }

    /**
     * Sets who hears of faults.
     *
     * @param listener the listener
     * @return a copy with this
     */
    public WasiConfig withListener(WasiListener listener) {
        return withPorts(ports.withListener(listener));
    }

    /**
     * Sets who takes note of what was decided.
     *
     * @param audit the trail
     * @return a copy with this
     */
    public WasiConfig withAudit(AuditTrail audit) {
        return withPorts(ports.withAudit(audit));
    }

    /**
     * Sets who has the last word on what may be reached on the network.
     *
     * @param approval asked at each use, after the rules
     * @return a copy with this
     */
    public WasiConfig withApproval(UseApproval approval) {
        return withPorts(ports.withApproval(approval));
    }

    /**
     * Sets all ports.
     *
     * @param next the ports
     * @return a copy with these
     */
    public WasiConfig withPorts(WasiPorts next) {
        return new WasiConfig(arguments, environment, streams, clock, random, doors, ledger, next);
    }

    private static void checkVariable(String name, String value) {
        requireNoZero("environment variable", name);
        requireNoZero("value of `" + name + "`", value);
        if (name.isEmpty() || name.indexOf('=') >= 0) {
            throw new IllegalArgumentException(
                    "`" + name + "` cannot name an environment variable: it is empty or has a `=`");
        }
    }

    private static void requireNoZero(String what, String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    what + " has a zero character, where the guest would see its end");
        }
    }
}

package dev.cordon.process;

import java.nio.charset.Charset;
import java.util.List;

/**
 * What to start.
 *
 * @param program an absolute path, exactly as it was granted
 * @param arguments behind the program's name
 * @param stdin what it reads; not to be changed before it has ended
 */
public record ProgramCommand(String program, List<String> arguments, byte[] stdin) {
    /** Most arguments. */
    public static final int MAX_ARGUMENTS = 256;

    /** Most characters of all arguments together. */
    public static final int MAX_ARGUMENT_LENGTH = 64 << 10;

    /** Copies the list. */
    public ProgramCommand {
        arguments = List.copyOf(arguments);
    }

    /**
     * Whether there are more arguments than a program is given.
     *
     * @return true if they are too many or too long
     */
    public boolean tooLarge() {
        long length = arguments.stream().mapToLong(String::length).sum();
        return arguments.size() > MAX_ARGUMENTS || length > MAX_ARGUMENT_LENGTH;
    }

    /**
     * Whether the program would get the arguments as they are: a zero would end one early, and what
     * the JVM's locale has no bytes for would become something else.
     *
     * @return true if they can be passed
     */
    public boolean passable() {
        return arguments.stream().allMatch(ProgramCommand::passable);
    }

    private static boolean passable(String argument) {
        if (argument.indexOf('\0') >= 0) {
            return false;
        }
        return argument.chars().allMatch(c -> c < 0x80)
                || (Native.ARGUMENTS.newEncoder().canEncode(argument)
                        && Charset.defaultCharset().newEncoder().canEncode(argument));
    }

    /** Looked up when it is first needed. */
    private static final class Native {
        static final Charset ARGUMENTS = Charset.forName(System.getProperty("sun.jnu.encoding"));
    }
}

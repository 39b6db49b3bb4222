package dev.cordon.cli;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestText;
import dev.cordon.error.UsageException;
import java.util.List;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in Cordon's own form what is wrong with the arguments. */
final class UsageProblem {
    private static final String WHO = "cordon";
    private static final int MAX_SHOWN = 200;

    private UsageProblem() {}

    /** A usage error that concerns no plugin. */
    static UsageException of(String what, String help) {
        return new UsageException(ErrorCode.USAGE, WHO, what, help);
    }

    /** A value that an option cannot have. */
    static UsageException ofOption(String option, String value, String why, String help) {
        return of("`" + option + "` cannot be " + quoted(value) + ": " + why, help);
    }

    /** What the engine said about the value of an option. */
    static UsageException ofOption(String option, UsageException cause) {
        return new UsageException(
                cause.code(), WHO, "`" + option + "`: " + cause.what(), cause.help(), cause);
    }

    /** Something that the specification names and this version leaves out. */
    static UsageException notOffered(String what) {
        return of(
                "`" + what + "` is not offered in this version",
                "leave it out, or use a later version of Cordon");
    }

    /** What picocli found. */
    static UsageException of(ParameterException problem) {
        String command = problem.getCommandLine().getCommandSpec().qualifiedName();
        String help = "`" + command + " --help` shows what there is";
        if (problem instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched, command, help);
        }
        if (problem instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return of(missing(missing.getMissing().get(0)), help);
        }
        if (problem instanceof OverwrittenOptionException twice
                && twice.getOverwritten() instanceof OptionSpec option) {
            return of("`" + option.longestName() + "` is given more than once", "give it once");
        }
        return of("the arguments make no sense: " + shown(problem), help);
    }

    private static UsageException unmatched(
            UnmatchedArgumentException problem, String command, String help) {
        List<String> arguments = problem.getUnmatched();
        String first = arguments.isEmpty() ? "" : arguments.get(0);
        if (first.startsWith("-") && first.length() > 1) {
            int equals = first.indexOf('=');
            String option = equals < 0 ? first : first.substring(0, equals);
            return of("`" + command + "` has no option " + quoted(option), help);
        }
        if (!command.equals(Syntax.CORDON)) {
            return of("`" + command + "` takes no further argument " + quoted(first), help);
        }
        return Syntax.LATER_COMMANDS.contains(first)
                ? notOffered("cordon " + first)
                : of("`cordon` has no command " + quoted(first), help);
    }

    /** An argument that has to be there. */
    static UsageException missing(String label, String command) {
        return of("`" + label + "` is missing", "`" + command + " --help` shows what there is");
    }

    private static String missing(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? "`" + option.longestName() + "` needs a value"
                : "`" + argument.paramLabel() + "` is missing";
    }

    private static String shown(ParameterException problem) {
        return GuestText.printable(String.valueOf(problem.getMessage()), MAX_SHOWN);
    }

    /** A value as messages show it. */
    static String quoted(String value) {
        return "`" + GuestText.printable(value, MAX_SHOWN) + "`";
    }
}

package dev.cordon.host;

import dev.cordon.capability.NamePattern;
import dev.cordon.error.GuestText;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One function of a {@link HostModule}, whichever way it was described. Immutable.
 *
 * @param module first name of the import
 * @param name second name of the import
 * @param parameters what it takes, in order
 * @param result what it gives
 * @param terms on which terms
 * @param body what it does
 */
public record HostOperation(
        String module,
        String name,
        List<HostParameter> parameters,
        HostType result,
        HostTerms terms,
        Body body) {
    private static final int MAX_PARAMETERS = 16;
    private static final int MAX_SHOWN = 100;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");

    /**
     * Copies the parameters.
     *
     * @throws dev.cordon.error.UsageException if the name is none, it takes too much, or gives the
     *     context
     */
    public HostOperation {
        parameters = List.copyOf(parameters);
        if (!NAME.matcher(name).matches() || !NamePattern.isName(module + "." + name)) {
            throw HostTerms.bad(
                    "`" + GuestText.printable(name, MAX_SHOWN) + "` is not a name of a function",
                    "use letters, digits, `_` and `-`");
        }
        if (parameters.size() > MAX_PARAMETERS) {
            throw HostTerms.bad(
                    "`" + name + "` takes " + parameters.size() + " parameters",
                    "take at most " + MAX_PARAMETERS);
        }
        if (result.form() == HostType.Form.CONTEXT) {
            throw HostTerms.bad(
                    "`" + name + "` gives a `HostContext`", "take it as a parameter instead");
        }
    }

    /** What a function does. */
    @FunctionalInterface
    public interface Body {
        /**
         * Does it.
         *
         * @param arguments one for each parameter, checked and copied
         * @return the result; null for none
         * @throws Throwable whatever the application throws
         */
        @Nullable Object call(Object[] arguments) throws Throwable;
    }

    /**
     * What a grant {@code host:call} must cover.
     *
     * @return a name
     */
    public String capability() {
        return terms.capability().isEmpty() ? label() : terms.capability();
    }

    /**
     * Both names, as reports show them.
     *
     * @return {@code module.name}
     */
    public String label() {
        return module + "." + name;
    }
}

package dev.cordon.cli;

import java.io.Console;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Where passphrases come from: the environment or a prompt, never an argument. */
final class Passphrases {
    /** The variable that holds one. */
    static final String VARIABLE = "CORDON_PASSPHRASE";

    private final Map<String, String> environment;

    Passphrases(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The passphrase of a key that exists. */
    Optional<char[]> existing() {
        return fromEnvironment().or(() -> asked("Passphrase of the key: "));
    }

    /** The passphrase of a key that is being made, asked for twice. */
    char[] chosen() {
        Optional<char[]> given = fromEnvironment();
        if (given.isPresent()) {
            return given.get();
        }
        Optional<char[]> first = asked("Passphrase of the new key: ");
        Optional<char[]> second = first.flatMap(it -> asked("Once more: "));
        if (first.isEmpty() || second.isEmpty()) {
            throw UsageProblem.of(
                    "there is no passphrase to encrypt the key with",
                    "set " + VARIABLE + ", or use a terminal");
        }
        if (!Arrays.equals(first.get(), second.get())) {
            throw UsageProblem.of("the two passphrases differ", "try again");
        }
        Arrays.fill(second.get(), '\0');
        return first.get();
    }

    private Optional<char[]> fromEnvironment() {
        return Optional.ofNullable(environment.get(VARIABLE)).map(String::toCharArray);
    }

    /** Older JDKs have no console without a terminal; newer ones have one that reads the end. */
    @SuppressWarnings("SystemConsoleNull")
    private static Optional<char[]> asked(String prompt) {
        Console terminal = System.console();
        return terminal == null
                ? Optional.empty()
                : Optional.ofNullable(terminal.readPassword("%s", prompt));
    }
}

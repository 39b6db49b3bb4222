package dev.cordon.scan;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How much a finding weighs, least first. */
public enum Level {
    /** Worth knowing. */
    LOW,
    /** Worth a look before the plugin is used. */
    MEDIUM,
    /** A plugin like this should not be used unless somebody explains it. */
    HIGH,
    /** It cannot be used here, was not scanned to its end, or has a part with a critical hole. */
    CRITICAL;

    private final String text = name().toLowerCase(Locale.ROOT);

    /**
     * The level with a name.
     *
     * @param text for example {@code high}
     * @return empty if there is none
     */
    public static Optional<Level> of(String text) {
        return Arrays.stream(values()).filter(level -> level.text.equals(text)).findFirst();
    }

    /**
     * The level as users write it.
     *
     * @return for example {@code high}
     */
    public String text() {
        return text;
    }

    /**
     * Whether something of this level is as bad as a threshold or worse.
     *
     * @param threshold the least level that counts
     * @return true if it counts
     */
    public boolean reaches(Level threshold) {
        return compareTo(threshold) >= 0;
    }
}

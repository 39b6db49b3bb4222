package dev.cordon.wasi.net;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Which hosts a rule is about. */
sealed interface HostPattern {
    /** What a pattern for all names under another starts with. */
    String WILDCARD = "*.";

    /**
     * Reads a name, {@code *.} and a name, an address, or an address with a mask.
     *
     * @throws IllegalArgumentException when it is none of them
     */
    static HostPattern parse(String text) {
        if (text.indexOf('/') >= 0 || AddressText.parse(text) != null) {
            return new Addresses(AddressBlock.parse(text));
        }
        boolean wild = text.startsWith(WILDCARD);
        String name = HostName.parse(wild ? text.substring(WILDCARD.length()) : text);
        if (name == null) {
            throw new IllegalArgumentException(
                    "`" + text + "` is not a name, `*.` and a name, an address or a block of them");
        }
        return wild ? new Under(name) : new Named(name);
    }

    /**
     * Reads what {@link #parse} does, or {@code *} for every host.
     *
     * @throws IllegalArgumentException when it is none of them
     */
    static HostPattern parseOrAll(String text) {
        return text.equals("*") ? new All() : parse(text);
    }

    /** Whether a name in its one spelling is meant. */
    default boolean matches(String name) {
        return false;
    }

    /** The block of addresses that is meant, or null when it is about names. */
    default @Nullable AddressBlock block() {
        return null;
    }

    /** Whether an address is meant as such. */
    default boolean matches(InetAddress address) {
        AddressBlock block = block();
        return block != null && block.contains(address);
    }

    /** One name. */
    record Named(String name) implements HostPattern {
        @Override
        public boolean matches(String other) {
            return name.equals(other);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Every name under a name, but not that name. */
    record Under(String suffix) implements HostPattern {
        @Override
        public boolean matches(String other) {
            return other.endsWith(suffix)
                    && other.length() > suffix.length() + 1
                    && other.charAt(other.length() - suffix.length() - 1) == '.';
        }

        @Override
        public String toString() {
            return WILDCARD + suffix;
        }
    }

    /** Every name and every address; those of special ranges still need a rule of their own. */
    record All() implements HostPattern {
        @Override
        public boolean matches(String other) {
            return true;
        }

        @Override
        public boolean matches(InetAddress address) {
            return true;
        }

        @Override
        public String toString() {
            return "*";
        }
    }

    /** Addresses. */
    record Addresses(AddressBlock block) implements HostPattern {
        @Override
        public String toString() {
            return block.toString();
        }
    }
}

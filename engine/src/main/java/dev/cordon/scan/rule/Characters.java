package dev.cordon.scan.rule;

/** A set of characters of one byte each, looked up in one step. */
final class Characters {
    private final boolean[] members = new boolean[256];

    private Characters() {}

    static Characters of(String characters) {
        Characters set = new Characters();
        for (int i = 0; i < characters.length(); i++) {
            set.members[characters.charAt(i) & 0xff] = true;
        }
        return set;
    }

    boolean has(int character) {
        return members[character & 0xff];
    }
}

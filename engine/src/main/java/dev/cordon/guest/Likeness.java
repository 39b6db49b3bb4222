package dev.cordon.guest;

import java.util.stream.IntStream;

/** How much two names differ, to find what somebody may have meant. */
final class Likeness {
    /** Longer names are cut: the work grows with the square of the length. */
    private static final int MAX_LENGTH = 64;

    private Likeness() {}

    /** Letters to insert, delete or replace to get from one name to the other. */
    static int distance(String one, String other) {
        String a = one.substring(0, Math.min(one.length(), MAX_LENGTH));
        String b = other.substring(0, Math.min(other.length(), MAX_LENGTH));
        int[] row = IntStream.rangeClosed(0, b.length()).toArray();
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}

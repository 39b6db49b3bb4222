package dev.cordon.scan.rule;

/** How evenly bytes are spread, in bits a byte: 8 for random ones. */
final class Entropy {
    private static final double LN_2 = Math.log(2);

    private Entropy() {}

    static double bits(byte[] bytes, int from, int to) {
        int[] counts = new int[256];
        for (int at = from; at < to; at++) {
            counts[bytes[at] & 0xff]++;
        }
        return bits(counts, to - from);
    }

    static double bits(int[] counts, int total) {
        double sum = 0;
        for (int count : counts) {
            if (count > 0) {
                sum += count * Math.log(count);
            }
        }
        return total == 0 ? 0 : (Math.log(total) - sum / total) / LN_2;
    }
}

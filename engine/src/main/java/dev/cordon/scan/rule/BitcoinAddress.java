package dev.cordon.scan.rule;

import dev.cordon.bundle.Digest;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;

/** Addresses of 25 bytes in base 58, which end with a check sum. */
final class BitcoinAddress implements Telltale.Tail {
    private static final String BASE58 =
            "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final Characters DIGITS = Characters.of(BASE58);
    private static final BigInteger BASE = BigInteger.valueOf(BASE58.length());
    private static final int LEAST = 25;
    private static final int MOST = 34;
    private static final int BYTES = 25;
    private static final int CHECKED = 21;

    /** Check sums are dear, so a module gets this many. */
    private static final int MAX_CHECKS = 10_000;

    private int checks;

    @Override
    public int end(ByteRange range, int start, int from) {
        if (range.isWord(start - 1)) {
            return -1;
        }
        int end = range.run(DIGITS, start, MOST + 1);
        boolean alone = !range.isWord(end) && end - start >= LEAST && end - start <= MOST;
        return alone && checks++ < MAX_CHECKS && adds(range, start, end) ? end : -1;
    }

    private static boolean adds(ByteRange range, int start, int end) {
        BigInteger number = BigInteger.ZERO;
        for (int at = start; at < end; at++) {
            int digit = BASE58.indexOf(range.at(at));
            number = number.multiply(BASE).add(BigInteger.valueOf(digit));
        }
        byte[] encoded = number.toByteArray();
        byte[] address = new byte[BYTES];
        int length = Math.min(BYTES, encoded.length);
        System.arraycopy(encoded, encoded.length - length, address, BYTES - length, length);
        byte[] once = sha256(Arrays.copyOf(address, CHECKED));
        byte[] sum = Arrays.copyOf(sha256(once), BYTES - CHECKED);
        return Arrays.equals(sum, Arrays.copyOfRange(address, CHECKED, BYTES));
    }

    private static byte[] sha256(byte[] bytes) {
        return HexFormat.of().parseHex(Digest.of(bytes).hex());
    }
}

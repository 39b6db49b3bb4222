package dev.cordon.scan.rule;

/** Addresses of the public internet in their dotted form. */
final class PublicAddress {
    private static final Characters DIGITS = Characters.of("0123456789");

    private PublicAddress() {}

    /** The offset after an address of a public network, -1 if there is none. */
    static int end(ByteRange range, int from) {
        int at = from;
        int[] parts = new int[4];
        for (int i = 0; i < parts.length; i++) {
            int end = range.run(DIGITS, at, 4);
            if (end == at || end - at > 3) {
                return -1;
            }
            for (int digit = at; digit < end; digit++) {
                parts[i] = 10 * parts[i] + range.at(digit) - '0';
            }
            boolean last = i == parts.length - 1;
            if (parts[i] > 255 || (!last && range.at(end) != '.')) {
                return -1;
            }
            at = last ? end : end + 1;
        }
        return range.at(at) == '.' || !isPublic(parts) ? -1 : at;
    }

    /** The same with a port, and no number before it: what a program connects to. */
    static int withPort(ByteRange range, int start, int from) {
        if (range.isWord(start - 1) || range.at(start - 1) == '.' || range.at(start - 1) == '/') {
            return -1;
        }
        int end = end(range, start);
        if (end < 0 || range.at(end) != ':') {
            return -1;
        }
        int port = range.run(DIGITS, end + 1, 6);
        int digits = port - end - 1;
        return digits >= 2 && digits <= 5 && !range.isWord(port) ? port : -1;
    }

    private static boolean isPublic(int[] parts) {
        int first = parts[0];
        int second = parts[1];
        boolean local = first == 0 || first == 10 || first == 127 || first >= 224;
        boolean home = (first == 192 && second == 168) || (first == 172 && (second & 0xf0) == 16);
        boolean link = first == 169 && second == 254;
        return !local && !home && !link;
    }
}

package dev.cordon.benchmarks;

/** The kernels of {@code kernels.c} and {@code programs.c} in plain Java, same results. */
final class Kernels {
    private final byte[] bytes = new byte[1 << 20];
    private final int[] table = new int[256];
    private final BytePrograms bytePrograms = new BytePrograms();
    private final NumberPrograms numberPrograms = new NumberPrograms();
    private final int[] choice = {0, 1, 2, 3};

    int run(String kernel, int size) {
        switch (kernel) {
            case "calls":
                return fibonacci(size);
            case "branches":
                return branches(size);
            case "stores":
                return stores(size);
            case "tables":
                return tables(size);
            case "arithmetic":
                return arithmetic(size);
            case "doubles":
                return doubles(size);
            case "scanning":
                return scanning(size);
            case "indirect":
                return indirect(size);
            case "machine":
                return machine(size);
            case "hashing":
            case "encoding":
            case "searching":
            case "unpacking":
                return bytePrograms.run(kernel, size);
            default:
                return numberPrograms.run(kernel, size);
        }
    }

    private static int fibonacci(int n) {
        return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
    }

    private static int branches(int size) {
        int steps = 0;
        for (int start = 1; start < size; start++) {
            for (long x = start; x != 1; steps++) {
                x = (x & 1) != 0 ? 3 * x + 1 : x >>> 1;
            }
        }
        return steps;
    }

    private int stores(int size) {
        int primes = 0;
        for (int i = 0; i < size; i++) {
            bytes[i] = 1;
        }
        for (int i = 2; i < size; i++) {
            if (bytes[i] != 0) {
                primes++;
                for (int j = i + i; j < size; j += i) {
                    bytes[j] = 0;
                }
            }
        }
        return primes;
    }

    private int tables(int size) {
        for (int i = 0; i < 256; i++) {
            int c = i;
            for (int bit = 0; bit < 8; bit++) {
                c = (c & 1) != 0 ? c >>> 1 ^ 0xEDB88320 : c >>> 1;
            }
            table[i] = c;
        }
        int crc = -1;
        for (int i = 0; i < size; i++) {
            crc = table[(crc ^ (i * 7)) & 255] ^ crc >>> 8;
        }
        return ~crc;
    }

    private static int arithmetic(int size) {
        int a = 1;
        int b = 2;
        int c = 3;
        int d = 4;
        for (int i = 0; i < size; i++) {
            a += b;
            d = Integer.rotateLeft(d ^ a, 16);
            c += d;
            b = Integer.rotateLeft(b ^ c, 12);
            a += b;
            d = Integer.rotateLeft(d ^ a, 8);
            c += d;
            b = Integer.rotateLeft(b ^ c, 7);
            a ^= i;
        }
        return a ^ b ^ c ^ d;
    }

    private static int doubles(int size) {
        int n = Math.min(size, 128);
        double[] left = new double[n * n];
        double[] right = new double[n * n];
        double[] product = new double[n * n];
        for (int i = 0; i < n * n; i++) {
            left[i] = (i % 19) * 0.5;
            right[i] = (i % 11) * 0.25;
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (int k = 0; k < n; k++) {
                    sum += left[i * n + k] * right[k * n + j];
                }
                product[i * n + j] = sum;
            }
        }
        double total = 0;
        for (double value : product) {
            total += value;
        }
        return (int) total;
    }

    private int scanning(int size) {
        String text = "{\"id\": 4711, \"tags\": [\"a\", \"bc\"], \"ok\": true, \"x\": -2.5e3}\n";
        int sum = 0;
        int depth = 0;
        int at = 0;
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) text.charAt(i % text.length());
        }
        while (at < size) {
            byte c = bytes[at++];
            switch (c) {
                case '{':
                case '[':
                    depth++;
                    break;
                case '}':
                case ']':
                    depth--;
                    sum += depth;
                    break;
                case '"':
                    while (at < size && bytes[at] != '"') {
                        sum += bytes[at++];
                    }
                    at++;
                    break;
                case '-':
                    sum = -sum;
                    break;
                default:
                    if (c >= '0' && c <= '9') {
                        sum = sum * 10 + c - '0';
                    }
            }
        }
        return sum + depth;
    }

    private int indirect(int size) {
        int x = 7;
        for (int i = 0; i < size; i++) {
            x = apply(choice[(x ^ i) & 3], x, i);
        }
        return x;
    }

    private static int apply(int operation, int a, int b) {
        switch (operation) {
            case 0:
                return a + b;
            case 1:
                return a - 3 * b;
            case 2:
                return a ^ b << 1;
            default:
                return (a | 5) & ~b;
        }
    }

    private static final byte[] PROGRAM = {0, 1, 2, 3, 1, 4, 0, 2, 5, 6};

    private static int machine(int size) {
        int pc = 0;
        int a = size;
        int b = 1;
        int c = 0;
        while (true) {
            switch (PROGRAM[pc++]) {
                case 0:
                    b += a;
                    break;
                case 1:
                    c ^= b;
                    break;
                case 2:
                    b = b * 5 + 1;
                    break;
                case 3:
                    c += b >> 3;
                    break;
                case 4:
                    b -= c;
                    break;
                case 5:
                    a--;
                    break;
                default:
                    if (a <= 0) {
                        return b ^ c;
                    }
                    pc = 0;
            }
        }
    }
}

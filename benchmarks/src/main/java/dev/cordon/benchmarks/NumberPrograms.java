package dev.cordon.benchmarks;

import java.util.Arrays;

/** The kernels of {@code programs.c} that work on numbers, in plain Java, with the same results. */
final class NumberPrograms {
    private final int[] words = new int[1 << 17];
    private int seed;

    int run(String kernel, int size) {
        switch (kernel) {
            case "sorting":
                return sorting(size);
            case "lookups":
                return lookups(size);
            case "multiplying":
                return multiplying(size);
            case "simulating":
                return simulating(size);
            default:
                throw new IllegalArgumentException(kernel);
        }
    }

    private int next() {
        seed = seed * 1664525 + 1013904223;
        return seed;
    }

    private int sorting(int size) {
        seed = 7;
        for (int i = 0; i < size; i++) {
            words[i] = next();
        }
        sort(0, size - 1);
        return checksum(0, size);
    }

    private void sort(int from, int to) {
        int low = from;
        int high = to;
        while (low < high) {
            int pivot = words[(low + high) >> 1];
            int i = low;
            int j = high;
            while (i <= j) {
                while (Integer.compareUnsigned(words[i], pivot) < 0) {
                    i++;
                }
                while (Integer.compareUnsigned(words[j], pivot) > 0) {
                    j--;
                }
                if (i <= j) {
                    int other = words[i];
                    words[i++] = words[j];
                    words[j--] = other;
                }
            }
            if (j - low < high - i) {
                sort(low, j);
                low = i;
            } else {
                sort(i, high);
                high = j;
            }
        }
    }

    private int checksum(int from, int count) {
        int sum = 0;
        for (int i = from; i < from + count; i++) {
            sum = sum * 31 + words[i];
        }
        return sum;
    }

    private int lookups(int size) {
        int mask = (1 << 16) - 1;
        int counts = 1 << 16;
        Arrays.fill(words, 0);
        seed = 99;
        for (int i = 0; i < size; i++) {
            int key = (next() >>> 18) + 1;
            int at = find(key, mask);
            words[at] = key;
            words[counts + at]++;
        }
        int sum = 0;
        for (int i = 0; i < size; i++) {
            int key = i % 20000 + 1;
            int at = find(key, mask);
            sum += words[at] == key ? words[counts + at] : 1;
        }
        return sum;
    }

    private int find(int key, int mask) {
        int at = ((key * 0x9E3779B1) >>> 16) & mask;
        while (words[at] != 0 && words[at] != key) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private int multiplying(int size) {
        int right = 4096;
        int result = 8192;
        seed = 3;
        for (int i = 0; i < size; i++) {
            words[i] = next();
            words[right + i] = next();
        }
        Arrays.fill(words, result, result + 2 * size, 0);
        for (int i = 0; i < size; i++) {
            long carry = 0;
            long factor = Integer.toUnsignedLong(words[i]);
            for (int j = 0; j < size; j++) {
                long sum =
                        factor * Integer.toUnsignedLong(words[right + j])
                                + Integer.toUnsignedLong(words[result + i + j])
                                + carry;
                words[result + i + j] = (int) sum;
                carry = sum >>> 32;
            }
            words[result + i + size] = (int) carry;
        }
        return checksum(result, 2 * size);
    }

    private static final class Body {
        private double x;
        private double y;
        private double z;
        private double vx;
        private double vy;
        private double vz;
        private final double mass;

        private Body(int i) {
            x = i * 1.5;
            y = i * i * 0.5;
            z = 2.0 - i;
            vx = 0.1 * i;
            vy = 0.2 - 0.05 * i;
            vz = 0.01 * i;
            mass = 1.0 + i;
        }

        private void attract(Body b) {
            double dx = x - b.x;
            double dy = y - b.y;
            double dz = z - b.z;
            double square = dx * dx + dy * dy + dz * dz + 0.01;
            double pull = 0.001 / (square * Math.sqrt(square));
            vx -= dx * b.mass * pull;
            vy -= dy * b.mass * pull;
            vz -= dz * b.mass * pull;
            b.vx += dx * mass * pull;
            b.vy += dy * mass * pull;
            b.vz += dz * mass * pull;
        }

        private void move() {
            x += 0.001 * vx;
            y += 0.001 * vy;
            z += 0.001 * vz;
        }
    }

    private static int simulating(int size) {
        Body[] bodies = new Body[5];
        for (int i = 0; i < 5; i++) {
            bodies[i] = new Body(i);
        }
        for (int step = 0; step < size; step++) {
            for (int i = 0; i < 5; i++) {
                for (int j = i + 1; j < 5; j++) {
                    bodies[i].attract(bodies[j]);
                }
            }
            for (Body body : bodies) {
                body.move();
            }
        }
        double sum = 0;
        for (Body body : bodies) {
            sum += body.x + body.y + body.z;
        }
        return (int) (sum * 1e6);
    }
}

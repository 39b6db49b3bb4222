package dev.cordon.data;

import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;

/**
 * Writes to shared data until it is killed, and says of each write that it was answered: {@code key
 * number version}, number -1 for a deletion.
 */
final class CrashChild {
    private static final int KEYS = 6;
    private static final int MAX_VALUE = 100_000; // so that the journal is replaced often

    private CrashChild() {}

    public static void main(String[] args) {
        SharedData data = SharedData.onDisk(Path.of(args[0]), DataQuota.defaults());
        long seed = Long.parseLong(args[1]);
        for (int thread = 0; thread < 2; thread++) {
            int number = thread;
            new Thread(() -> write(data, "t" + number, new Random(seed + number))).start();
        }
    }

    private static void write(SharedData data, String name, Random random) {
        DataClient client = data.application(name);
        for (long number = 0; ; number++) {
            String key = name + "." + random.nextInt(KEYS);
            if (random.nextInt(8) == 0) {
                DataResult gone = data.delete(client.user(), key);
                if (gone.status() == DataResult.Status.OK) {
                    say(System.out, key + " -1 " + gone.version());
                }
                continue;
            }
            byte[] value = new byte[8 + random.nextInt(MAX_VALUE)];
            ByteBuffer.wrap(value).putLong(number);
            long version = client.put(key, value);
            say(System.out, key + " " + number + " " + version);
        }
    }

    private static void say(PrintStream out, String line) {
        synchronized (out) {
            out.println(line);
            out.flush();
        }
    }
}

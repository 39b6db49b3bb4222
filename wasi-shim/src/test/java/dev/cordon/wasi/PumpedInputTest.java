package dev.cordon.wasi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PumpedInputTest {
    private static long await(GuestInput input) throws Exception {
        long ready = input.ready();
        while (ready == 0) {
            Thread.sleep(1);
            ready = input.ready();
        }
        return ready;
    }

    @Test
    void silentStreamIsNotReadyAndNotAtItsEnd() throws Exception {
        PipedInputStream pipe = new PipedInputStream();
        GuestInput input = GuestInput.of(pipe);
        byte[] bytes = new byte[6];
        try (PipedOutputStream writer = new PipedOutputStream(pipe)) {
            assertThat(input.ready()).isZero();
            assertThat(input.read(new byte[4], 0, 4)).isZero();
            writer.write("hi".getBytes(UTF_8));
            writer.flush();
            assertThat(await(input)).isEqualTo(2);
            assertThat(input.read(bytes, 1, 5)).isEqualTo(2);
            assertThat(new String(bytes, UTF_8)).isEqualTo("\0hi\0\0\0");
            assertThat(input.ready()).isZero();
        }
        assertThat(await(input)).isEqualTo(-1);
        assertThat(input.read(bytes, 0, 1)).isEqualTo(-1);
    }

    @Test
    void everyByteArrivesInOrder() throws Exception {
        byte[] sent = new byte[1_000_003];
        new Random(1).nextBytes(sent);
        GuestInput input = GuestInput.of(new ByteArrayInputStream(sent));
        byte[] got = new byte[sent.length];
        Random sizes = new Random(2);
        int count = 0;
        while (await(input) > 0) {
            int wanted = Math.min(1 + sizes.nextInt(9_000), got.length - count);
            count += input.read(got, count, Math.max(1, wanted));
        }
        assertThat(count).isEqualTo(sent.length);
        assertThat(got).isEqualTo(sent);
    }

    @Test
    void nothingIsReadBeforeAGuestAsksAndLittleIsReadAhead() throws Exception {
        AtomicInteger reads = new AtomicInteger();
        InputStream endless =
                new InputStream() {
                    @Override
                    public int read() {
                        return 'x';
                    }

                    @Override
                    public int read(byte[] target, int offset, int length) {
                        reads.incrementAndGet();
                        return length;
                    }
                };
        GuestInput input = GuestInput.of(endless);
        Thread.sleep(20);
        assertThat(reads).hasValue(0);
        while (await(input) < PumpedInput.MAX_AHEAD_BYTES) {
            Thread.sleep(1);
        }
        Thread.sleep(20);
        assertThat(reads).hasValueLessThanOrEqualTo(9);
    }

    @Test
    void brokenStreamIsReportedAfterWhatItGave() throws Exception {
        InputStream broken =
                new InputStream() {
                    private boolean given;

                    @Override
                    public int read() throws IOException {
                        if (given) {
                            throw new IOException("cable cut");
                        }
                        given = true;
                        return 'x';
                    }

                    @Override
                    public int read(byte[] target, int offset, int length) throws IOException {
                        target[offset] = (byte) read();
                        return 1;
                    }
                };
        GuestInput input = GuestInput.of(broken);
        assertThat(await(input)).isEqualTo(1);
        assertThat(input.read(new byte[1], 0, 1)).isEqualTo(1);
        assertThatThrownBy(() -> await(input)).hasMessage("the input is broken: cable cut");
    }

    @Test
    void systemInputIsOne() {
        assertThat(GuestInput.system()).isSameAs(GuestInput.system());
    }

    @Test
    void aClosedInputKeepsNoThreadThoughMuchIsUnread() throws Exception {
        GuestInput input = GuestInput.of(new ByteArrayInputStream(new byte[1 << 20]));
        await(input);
        List<Thread> pumps =
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals("cordon-guest-input"))
                        .toList();
        assertThat(pumps).isNotEmpty();
        input.close();
        for (Thread pump : pumps) {
            pump.join(10_000);
        }
        assertThat(pumps).anyMatch(pump -> !pump.isAlive());
    }
}

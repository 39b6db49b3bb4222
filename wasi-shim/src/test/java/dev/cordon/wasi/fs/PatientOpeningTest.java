package dev.cordon.wasi.fs;

import static dev.cordon.wasi.fs.FileHandleContract.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PatientOpeningTest {
    private final CountDownLatch behindClosed = new CountDownLatch(1);
    private final UseCount uses = new UseCount(behindClosed::countDown);

    @Test
    void returnsWhatIsOpened() throws Exception {
        Closeable opened = () -> {};
        assertThat(PatientOpening.<Closeable>open(uses, () -> opened, () -> {})).isSameAs(opened);
    }

    @Test
    void throwsWhatTheOpeningThrows() {
        assertRefused(
                Errno.LOOP,
                () ->
                        PatientOpening.open(
                                uses,
                                () -> {
                                    throw Refusal.of(Errno.LOOP);
                                },
                                () -> {}));
        assertThatThrownBy(
                        () ->
                                PatientOpening.open(
                                        uses,
                                        () -> {
                                            throw new IOException("disk on fire");
                                        },
                                        () -> {}))
                .hasMessage("disk on fire");
    }

    @Test
    void whatWaitsIsReleased() throws Exception {
        CountDownLatch otherEnd = new CountDownLatch(1);
        AtomicInteger closes = new AtomicInteger();
        Closeable opened =
                PatientOpening.open(
                        uses,
                        () -> {
                            await(otherEnd);
                            return closes::incrementAndGet;
                        },
                        otherEnd::countDown);
        opened.close();
        assertThat(closes).hasValue(1);
    }

    @Test
    void whatWaitsForEverIsGivenUpAndClosedWhenItComes() throws Exception {
        CountDownLatch otherEnd = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        assertRefused(
                Errno.AGAIN,
                () ->
                        PatientOpening.open(
                                uses,
                                () -> {
                                    await(otherEnd);
                                    return closed::countDown;
                                },
                                () -> {}));
        uses.close();
        assertThat(behindClosed.getCount()).as("still in use").isEqualTo(1);
        otherEnd.countDown();
        assertThat(closed.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(behindClosed.await(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void anInterruptIsPutOff() throws Exception {
        Thread.currentThread().interrupt();
        uses.change(() -> PatientOpening.<Closeable>open(uses, () -> () -> {}, () -> {}).close());
        assertThat(Thread.interrupted()).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

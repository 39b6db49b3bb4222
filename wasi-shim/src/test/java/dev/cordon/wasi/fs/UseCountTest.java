package dev.cordon.wasi.fs;

import static dev.cordon.wasi.fs.FileHandleContract.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.wasi.abi.Errno;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UseCountTest {
    private final AtomicInteger closed = new AtomicInteger();
    private final UseCount uses = new UseCount(closed::incrementAndGet);

    @Test
    void closingWaitsForNobodyAndTheLastUserCloses() throws Exception {
        uses.enter();
        uses.enter();
        uses.close();
        assertThat(closed).hasValue(0);
        assertRefused(Errno.BADF, uses::enter);
        uses.leave();
        assertThat(closed).hasValue(0);
        uses.leave();
        assertThat(closed).hasValue(1);
        uses.close();
        assertThat(closed).hasValue(1);
    }

    @Test
    void closingWhatNobodyUsesClosesIt() throws Exception {
        uses.change(() -> {});
        uses.close();
        uses.close();
        assertThat(closed).hasValue(1);
        assertRefused(Errno.BADF, () -> uses.answer(() -> 1));
    }

    @Test
    void failuresAreTranslatedAndEndTheUse() throws Exception {
        assertRefused(
                Errno.NOENT,
                () ->
                        uses.change(
                                () -> {
                                    throw new NoSuchFileException("f");
                                }));
        assertThatThrownBy(
                        () ->
                                uses.change(
                                        () -> {
                                            throw new IOException("disk on fire");
                                        }))
                .hasMessage("disk on fire");
        uses.close();
        assertThat(closed).hasValue(1);
    }

    @Test
    void nobodyUsesWhatIsClosed() throws Exception {
        for (int round = 0; round < 200; round++) {
            AtomicInteger closes = new AtomicInteger();
            UseCount shared = new UseCount(closes::incrementAndGet);
            AtomicInteger late = new AtomicInteger();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                threads.add(new Thread(() -> use(shared, closes, late)));
            }
            threads.forEach(Thread::start);
            shared.close();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(late).hasValue(0);
            assertThat(closes).hasValue(1);
        }
    }

    private static void use(UseCount shared, AtomicInteger closes, AtomicInteger late) {
        try {
            while (true) {
                shared.change(() -> late.addAndGet(closes.get()));
            }
        } catch (Exception e) {
            assertThat(e).hasMessage("refused with BADF");
        }
    }
}

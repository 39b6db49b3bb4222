package dev.cordon.wasi.preview1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.Instance;
import dev.cordon.wasi.Checkpoint;
import dev.cordon.wasi.NameResolver;
import dev.cordon.wasi.Network;
import dev.cordon.wasi.TestGuest;
import dev.cordon.wasi.WasiConfig;
import dev.cordon.wasi.abi.Errno;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EndlessLookupTest {
    @Test
    void anEndlessLookupHoldsNeitherTheGuestNorItsNeighbours() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger running = new AtomicInteger();
        NameResolver endless =
                name -> {
                    running.incrementAndGet();
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return List.of();
                };
        try (Network slow = Network.builder().outboundTcp("*.a.org").resolver(endless).build()) {
            for (int i = 0; i < 100; i++) {
                TestGuest waiting =
                        TestGuest.with(
                                WasiConfig.empty().withNetwork(slow).withCheckpoint(shortTime()));
                String name = "n" + i % 80 + ".a.org";
                if (i % 80 < 68) {
                    assertThatThrownBy(() -> NameLookupTest.lookUp(waiting, name, "", 1))
                            .hasMessage("time is up");
                } else {
                    assertThat(NameLookupTest.lookUp(waiting, name, "", 1))
                            .isEqualTo(Errno.AIAGAIN);
                }
            }
            assertThat(running.get()).isLessThanOrEqualTo(4);
        } finally {
            never.countDown();
        }
    }

    private static Checkpoint shortTime() {
        return new Checkpoint() {
            private int checks;

            @Override
            public void check(Instance instance) {
                if (checks++ > 0) {
                    throw new IllegalStateException("time is up");
                }
            }

            @Override
            public long nanosLeft(Instance instance) {
                return 100_000;
            }
        };
    }
}

package dev.cordon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CpuShareTest {
    private static final long MILLI = 1_000_000L;

    private final AtomicLong now = new AtomicLong(5);
    private final CpuShare quarter = new CpuShare(25, now::get);

    @Test
    void workIsPaidForWithTime() {
        quarter.spend(100 * MILLI);
        assertThat(quarter.debt()).isZero();
        quarter.spend(50 * MILLI);
        assertThat(quarter.debt()).isEqualTo(200 * MILLI);
        now.addAndGet(150 * MILLI);
        assertThat(quarter.debt()).isEqualTo(50 * MILLI);
        now.addAndGet(50 * MILLI);
        assertThat(quarter.debt()).isZero();
    }

    @Test
    void restSavesUpLittle() {
        now.addAndGet(3_600_000 * MILLI);
        quarter.spend(101 * MILLI);
        assertThat(quarter.debt()).isEqualTo(4 * MILLI);
    }

    @Test
    void moreThanOneCoreIsAShareToo() {
        CpuShare two = new CpuShare(200, now::get);
        two.spend(300 * MILLI);
        assertThat(two.debt()).isEqualTo(100 * MILLI);
    }
}

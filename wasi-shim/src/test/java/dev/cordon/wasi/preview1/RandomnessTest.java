package dev.cordon.wasi.preview1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.wasi.RandomSource;
import dev.cordon.wasi.TestGuest;
import dev.cordon.wasi.WasiConfig;
import dev.cordon.wasi.abi.Errno;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RandomnessTest {
    private static void marks(byte[] target, int offset, int length) {
        Arrays.fill(target, offset, offset + length, (byte) '!');
    }

    @Test
    void fillsExactlyTheBuffer() {
        TestGuest guest = TestGuest.with(WasiConfig.empty().withRandom(RandomnessTest::marks));
        assertThat(guest.call("random_get", 8, 5)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.text(7, 14)).isEqualTo("?!!!!!?");
        assertThat(guest.charges()).containsExactly("random_get 5");
    }

    @Test
    void largeBuffersAreFilledInPieces() {
        List<Integer> pieces = new ArrayList<>();
        TestGuest guest =
                TestGuest.with(WasiConfig.empty().withRandom((b, at, n) -> pieces.add(n)));
        assertThat(guest.call("random_get", 0, 65_536)).isEqualTo(Errno.SUCCESS);
        assertThat(pieces).containsExactly(16_384, 16_384, 16_384, 16_384);
    }

    @Test
    void sameSeedGivesSameBytes() {
        WasiConfig config = WasiConfig.empty();
        TestGuest one = TestGuest.with(config.withRandom(RandomSource.seeded(7)));
        TestGuest same = TestGuest.with(config.withRandom(RandomSource.seeded(7)));
        TestGuest other = TestGuest.with(config.withRandom(RandomSource.seeded(8)));
        for (TestGuest guest : List.of(one, same, other)) {
            assertThat(guest.call("random_get", 0, 64)).isEqualTo(Errno.SUCCESS);
        }
        assertThat(one.everything()).isEqualTo(same.everything());
        assertThat(one.everything()).isNotEqualTo(other.everything());
    }

    @Test
    void secureBytesDifferEachTime() {
        TestGuest guest = TestGuest.plain();
        guest.call("random_get", 0, 32);
        guest.call("random_get", 32, 32);
        assertThat(guest.text(0, 32)).isNotEqualTo(guest.text(32, 64));
        assertThat(guest.text(64, 65)).isEqualTo("?");
    }

    @Test
    void nothingWantedIsNothingDone() {
        TestGuest guest = TestGuest.plain();
        assertThat(guest.call("random_get", 65_536, 0)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.charges()).containsExactly("random_get 0");
    }
}

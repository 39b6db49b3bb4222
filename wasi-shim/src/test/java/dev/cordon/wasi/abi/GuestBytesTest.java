package dev.cordon.wasi.abi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class GuestBytesTest {
    private static final long SIZE = 65_536;

    private final GuestBytes bytes =
            new GuestBytes(
                    new ByteArrayMemory(new MemoryLimits(1, 1)),
                    (memory, address, target, offset, length) ->
                            System.arraycopy(
                                    memory.readBytes(address, length), 0, target, offset, length));

    @Test
    void sliceMayEndWhereMemoryEnds() throws Refusal {
        assertThat(bytes.slice(SIZE - 4, 4).length()).isEqualTo(4);
        assertThat(bytes.slice(SIZE, 0).length()).isZero();
        assertThat(bytes.slice(0, SIZE).address()).isZero();
    }

    @Test
    void sliceBeyondMemoryIsFault() {
        assertThatThrownBy(() -> bytes.slice(SIZE - 3, 4)).isSameAs(Refusal.of(Errno.FAULT));
        assertThatThrownBy(() -> bytes.slice(SIZE + 1, 0)).isSameAs(Refusal.of(Errno.FAULT));
    }

    @Test
    void sumsThatOverflow32BitsAreFault() {
        assertThatThrownBy(() -> bytes.slice(0xffff_ffffL, 0xffff_ffffL))
                .isSameAs(Refusal.of(Errno.FAULT));
        assertThatThrownBy(() -> bytes.slice(16, 0x7fff_ffffL)).isSameAs(Refusal.of(Errno.FAULT));
        assertThatThrownBy(() -> bytes.slice(0xffff_fff0L, 0x20)).isSameAs(Refusal.of(Errno.FAULT));
    }

    @Property
    void sliceIsGivenExactlyWhenItLiesWithinMemory(
            @ForAll @LongRange(min = 0, max = 0xffff_ffffL) long address,
            @ForAll @LongRange(min = 0, max = 0xffff_ffffL) long length) {
        boolean given;
        try {
            bytes.slice(address, length);
            given = true;
        } catch (Refusal e) {
            given = false;
        }
        assertThat(given).isEqualTo(address + length <= SIZE);
    }

    @Test
    void offsetOutsideOfSliceIsFaultOfTheHost() throws Refusal {
        GuestSlice slice = bytes.slice(8, 4);
        assertThatThrownBy(() -> slice.put64(0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.u8(4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.u8(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void numbersAreLittleEndianAndUnsigned() throws Refusal {
        GuestSlice slice = bytes.slice(100, 24);
        slice.put8(0, 0xfe);
        slice.put16(2, 0xfedc);
        slice.put32(4, 0xfedc_ba98L);
        slice.put64(8, 0xfedc_ba98_7654_3210L);
        assertThat(slice.u8(0)).isEqualTo(0xfe);
        assertThat(slice.u16(2)).isEqualTo(0xfedc);
        assertThat(slice.u32(4)).isEqualTo(0xfedc_ba98L);
        assertThat(slice.u64(8)).isEqualTo(0xfedc_ba98_7654_3210L);
        assertThat(slice.u8(8)).isEqualTo(0x10);
    }
}

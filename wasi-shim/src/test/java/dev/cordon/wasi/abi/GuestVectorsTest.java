package dev.cordon.wasi.abi;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import org.junit.jupiter.api.Test;

class GuestVectorsTest {
    private final Memory memory = new ByteArrayMemory(new MemoryLimits(32, 32));
    private final GuestBytes bytes =
            new GuestBytes(
                    memory,
                    (from, address, target, offset, length) ->
                            System.arraycopy(
                                    from.readBytes(address, length), 0, target, offset, length));
    private final GuestVectors vectors = new GuestVectors();

    private void list(int address, int... values) {
        for (int i = 0; i < values.length; i++) {
            memory.writeI32(address + 4 * i, values[i]);
        }
    }

    @Test
    void gathersAcrossEmptyAndSplitBuffers() throws Refusal {
        memory.writeString(100, "abcdef");
        list(0, 100, 2, 500, 0, 102, 4);
        vectors.load(bytes, 0, 3);
        byte[] buffer = new byte[4];
        assertThat(vectors.count()).isEqualTo(3);
        assertThat(vectors.total()).isEqualTo(6);
        assertThat(vectors.gather(bytes, buffer)).isEqualTo(4);
        assertThat(new String(buffer, US_ASCII)).isEqualTo("abcd");
        assertThat(vectors.gather(bytes, buffer)).isEqualTo(2);
        assertThat(new String(buffer, US_ASCII)).isEqualTo("efcd");
        assertThat(vectors.gather(bytes, buffer)).isZero();
    }

    @Test
    void scattersAcrossEmptyAndSplitBuffers() throws Refusal {
        list(0, 100, 2, 500, 0, 110, 4);
        vectors.load(bytes, 0, 3);
        vectors.scatter(bytes, "xyz".getBytes(US_ASCII), 3);
        vectors.scatter(bytes, "uvw".getBytes(US_ASCII), 2);
        assertThat(memory.readString(100, 3)).isEqualTo("xy\0");
        assertThat(memory.readString(110, 4)).isEqualTo("zuv\0");
    }

    @Test
    void listIsReadOnceSoThatBuffersMayOverlapIt() throws Refusal {
        list(0, 0, 8, 100, 2);
        vectors.load(bytes, 0, 2);
        byte[] hostile = {-1, -1, -1, -1, -1, -1, -1, -1, 'o', 'k'};
        vectors.scatter(bytes, hostile, 10);
        assertThat(memory.readString(100, 2)).isEqualTo("ok");
    }

    @Test
    void totalIsCappedAndEveryBufferIsStillChecked() throws Refusal {
        list(0, 0, 1 << 20, 0, 1 << 20, 100, 5);
        vectors.load(bytes, 0, 3);
        assertThat(vectors.total()).isEqualTo(GuestVectors.MAX_BYTES);
        list(16, -1, 5);
        assertThatThrownBy(() -> vectors.load(bytes, 0, 3)).isSameAs(Refusal.of(Errno.FAULT));
    }

    @Test
    void tooManyBuffersAreRefusedBeforeTheListIsRead() throws Refusal {
        vectors.load(bytes, 0, 1024);
        assertThat(vectors.count()).isEqualTo(1024);
        assertThatThrownBy(() -> vectors.load(bytes, 0, 1025)).isSameAs(Refusal.of(Errno.INVAL));
        assertThatThrownBy(() -> vectors.load(bytes, 0, 0xffff_ffffL))
                .isSameAs(Refusal.of(Errno.INVAL));
    }

    @Test
    void aRefusedListLeavesNothingForTheNext() throws Refusal {
        list(0, 100, 5, -1, 5);
        assertThatThrownBy(() -> vectors.load(bytes, 0, 2)).isSameAs(Refusal.of(Errno.FAULT));
        vectors.load(bytes, 0, 0);
        assertThat(vectors.total()).isZero();
        assertThat(vectors.gather(bytes, new byte[10])).isZero();
    }
}

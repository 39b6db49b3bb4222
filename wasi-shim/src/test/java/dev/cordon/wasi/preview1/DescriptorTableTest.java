package dev.cordon.wasi.preview1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.FileType;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.limit.Traffic;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DescriptorTableTest {
    private static final int MOST = 100;

    private final DescriptorTable table = new DescriptorTable(MOST);
    private final List<String> closed = new ArrayList<>();

    private final class Named implements Descriptor {
        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public FileType type() {
            return FileType.UNKNOWN;
        }

        @Override
        public long rights() {
            return 0;
        }

        @Override
        public int flags() {
            return 0;
        }

        @Override
        public void flags(int flags) {}

        @Override
        public long ready() {
            return 0;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return 0;
        }

        @Override
        public int write(byte[] source, int offset, int length) {
            return length;
        }

        @Override
        public Traffic traffic() {
            return Traffic.STDIO;
        }

        @Override
        public void close() throws IOException {
            closed.add(name);
            if (name.startsWith("broken")) {
                throw new IOException(name);
            }
        }
    }

    @Test
    void lowestFreeNumberIsGiven() throws Exception {
        assertThat(table.add(new Named("a"))).isZero();
        assertThat(table.add(new Named("b"))).isEqualTo(1);
        assertThat(table.add(new Named("c"))).isEqualTo(2);
        table.close(1);
        assertThat(table.add(new Named("d"))).isEqualTo(1);
        assertThat(table.add(new Named("e"))).isEqualTo(3);
    }

    @Test
    void fullTableRefuses() throws Exception {
        for (int i = 0; i < MOST; i++) {
            table.add(new Named("n" + i));
        }
        assertThatThrownBy(() -> table.add(new Named("more"))).isSameAs(Refusal.of(Errno.MFILE));
        table.close(50);
        assertThat(table.add(new Named("more"))).isEqualTo(50);
    }

    @Test
    void renumberClosesWhatItReplaces() throws Exception {
        table.add(new Named("a"));
        table.add(new Named("b"));
        table.renumber(0, 1);
        assertThat(closed).containsExactly("b");
        table.close(1);
        assertThat(closed).containsExactly("b", "a");
    }

    @Test
    void aDescriptorThatFailsToCloseIsGoneAllTheSame() throws Exception {
        table.add(new Named("broken"));
        assertThatThrownBy(() -> table.close(0)).hasMessage("broken");
        assertThatThrownBy(() -> table.get(0)).isSameAs(Refusal.of(Errno.BADF));
    }

    @Test
    void closingAllTriesEveryOne() throws Exception {
        table.add(new Named("broken one"));
        table.add(new Named("fine"));
        table.add(new Named("broken two"));
        assertThatThrownBy(table::closeAll).hasMessage("broken one");
        assertThat(closed).containsExactly("broken one", "fine", "broken two");
        assertThatThrownBy(() -> table.get(1)).isSameAs(Refusal.of(Errno.BADF));
    }
}

package dev.cordon.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.wasm.SectionFrames.Frame;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SectionFramesTest {
    private static final int START = 8;

    @Test
    void framesSayWhereSectionsAre() {
        byte[] module = ModuleBytes.module().section(1, 0).section(0, 1, 'a').build();
        assertThat(SectionFrames.of(module).frames())
                .containsExactly(
                        new Frame(1, START, START + 2, 1, false),
                        new Frame(0, START + 3, START + 5, 2, false));
        Frame first = SectionFrames.of(module).frames().get(0);
        assertThat(SectionFrames.count(module, first)).isZero();
    }

    @Test
    void paddedSizesAreSeen() {
        byte[] module = ModuleBytes.module().bytes(1, 0x81, 0x80, 0x00, 0).build();
        assertThat(SectionFrames.of(module).frames())
                .containsExactly(new Frame(1, START, START + 4, 1, true));
    }

    @Test
    void aSectionThatLeavesTheFileIsTheLast() {
        byte[] module = ModuleBytes.module().bytes(1, 0xff, 0xff, 0xff, 0xff, 0x0f).build();
        assertThat(SectionFrames.of(module).frames())
                .singleElement()
                .extracting(Frame::size)
                .isEqualTo(0xffffffffL);
        assertThat(SectionFrames.count(module, SectionFrames.of(module).frames().get(0)))
                .isEqualTo(-1);
    }

    @Property(tries = 500)
    void anyBytesHaveFrames(@ForAll byte[] bytes) {
        byte[] module = new byte[START + bytes.length];
        System.arraycopy(bytes, 0, module, START, bytes.length);
        for (Frame frame : SectionFrames.of(module).frames()) {
            assertThat(frame.content()).isBetween(START + 2, module.length);
            assertThat(SectionFrames.count(module, frame)).isGreaterThanOrEqualTo(-1);
        }
    }
}

package dev.cordon.trust.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.error.CordonException;
import dev.cordon.trust.crypto.Rejection;
import dev.cordon.wasm.CustomSection;
import dev.cordon.wasm.ModuleOutline;
import dev.cordon.wasm.ModuleReader;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What verifies and what runs see the same manifest, or neither sees a module. */
class SameViewTest {
    private static final byte[] MODULE =
            EmbeddedSigner.sign(
                    EmbeddedSigner.withManifest(
                            Vectors.join(Vectors.ADD, Vectors.custom("other", new byte[5])),
                            "{\"id\":\"a\"}".getBytes()),
                    Vectors.KEY_1);

    @Property(tries = 3_000)
    void aChangedModule(
            @ForAll @IntRange(min = 0, max = 250) int at,
            @ForAll @IntRange(min = 0, max = 30) int removed,
            @ForAll @Size(max = 30) byte[] inserted) {
        int from = Math.min(at, MODULE.length);
        int to = Math.min(from + removed, MODULE.length);
        sameView(
                Vectors.join(
                        java.util.Arrays.copyOf(MODULE, from),
                        inserted,
                        java.util.Arrays.copyOfRange(MODULE, to, MODULE.length)));
    }

    @Property(tries = 1_000)
    void aSectionSomewhere(@ForAll @IntRange(max = 3) int which, @ForAll boolean atTheEnd) {
        String name =
                switch (which) {
                    case 0 -> "cordon.manifest";
                    case 1 -> "signature";
                    case 2 -> "signature_delimiter";
                    default -> "x";
                };
        byte[] section = Vectors.custom(name, new byte[16]);
        sameView(
                atTheEnd
                        ? Vectors.join(MODULE, section)
                        : Vectors.join(
                                java.util.Arrays.copyOf(MODULE, 8),
                                section,
                                java.util.Arrays.copyOfRange(MODULE, 8, MODULE.length)));
    }

    private static void sameView(byte[] module) {
        ModuleSections sections;
        ModuleOutline outline;
        try {
            sections = ModuleSections.of(module);
            outline = ModuleReader.read("m", module);
        } catch (Rejection | CordonException refused) {
            return; // by either of the two, so it does not run
        }
        Optional<CustomSection> read = outline.customSection("cordon.manifest");
        assertThat(sections.manifest())
                .isEqualTo(
                        read.map(
                                it ->
                                        new ModuleSections.Range(
                                                it.offset(), it.offset() + it.size())));
        assertThat(sections.signature().isPresent())
                .isEqualTo(outline.customSection("signature").isPresent());
    }
}

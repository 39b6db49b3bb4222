package dev.cordon.scan.sbom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.scan.Component;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SbomReaderTest {
    private static List<Component> read(String name, byte[] content) throws MalformedSbomException {
        return SbomReader.read(name, content, 0, content.length);
    }

    private static List<Component> read(String json) throws MalformedSbomException {
        return read("sbom", json.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] deflated(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return out.toByteArray();
    }

    @Test
    void cycloneDxNamesComponentsInsideComponents() throws MalformedSbomException {
        assertThat(
                        read(
                                """
                                {"bomFormat": "CycloneDX", "specVersion": "1.6",
                                 "metadata": {"component": {"name": "app"}},
                                 "components": [
                                   {"name": "serde", "version": "1.0.1", "purl": "pkg:cargo/serde@1.0.1",
                                    "licenses": [{"license": {"id": "MIT"}}],
                                    "components": [{"name": "inner", "version": "2"}]}]}
                                """))
                .containsExactly(
                        new Component("", "inner", "2"),
                        new Component("crates.io", "serde", "1.0.1"));
    }

    @Test
    void spdxNamesPackages() throws MalformedSbomException {
        assertThat(
                        read(
                                """
                                {"spdxVersion": "SPDX-2.3", "packages": [
                                  {"name": "lodash", "versionInfo": "4.17.20", "externalRefs": [
                                    {"referenceType": "cpe23Type", "referenceLocator": "cpe:2.3:a"},
                                    {"referenceType": "purl", "referenceLocator": "pkg:npm/lodash@4.17.20"}]},
                                  {"name": "plain", "versionInfo": "NOASSERTION"}]}
                                """))
                .containsExactly(
                        new Component("npm", "lodash", "4.17.20"),
                        new Component("", "plain", "NOASSERTION"));
    }

    @Test
    void spdx3NamesPackagesInItsGraph() throws MalformedSbomException {
        assertThat(
                        read(
                                """
                                {"@context": "x", "@graph": [{"type": "software_Package", "name": "a",
                                  "software_packageVersion": "1", "software_packageUrl": "pkg:pypi/A.b@1"}]}
                                """))
                .containsExactly(new Component("PyPI", "a-b", "1"));
    }

    @ParameterizedTest
    @CsvSource({
        "pkg:npm/%40scope/name@1.0.0, npm, @scope/name, 1.0.0",
        "pkg:golang/github.com/a/b@v1.2.3?type=module#sub, Go, github.com/a/b, v1.2.3",
        "pkg:maven/org.x/y@1, Maven, org.x:y, 1",
        "pkg:gem/rails, RubyGems, rails, 9",
        "pkg:cargo/x@1.0.0%2Bbuild, crates.io, x, 1.0.0+build"
    })
    void packageUrlsNameTheEcosystem(String url, String ecosystem, String name, String version) {
        assertThat(PackageUrl.component(url, "9"))
                .contains(new Component(ecosystem, name, version));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pkg:", "pkg:npm", "pkg:unheard/x@1", "http://x", "npm/x@1"})
    void otherUrlsNameNothing(String url) {
        assertThat(PackageUrl.component(url, "1")).isEmpty();
    }

    @Test
    void auditableListsArePackagesWithOneRoot() throws MalformedSbomException {
        String list =
                """
                {"packages": [
                  {"name": "app", "version": "1.0.0", "source": "local", "dependencies": [1], "root": true},
                  {"name": "dep", "version": "0.1.0", "source": "crates.io", "kind": "build"}]}
                """;
        assertThat(read(".dep-v0", deflated(list)))
                .containsExactly(
                        new Component("", "app", "1.0.0"),
                        new Component("crates.io", "dep", "0.1.0"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"packages\":[]};it has 0 roots",
                "{\"packages\":[{\"name\":\"a\",\"version\":\"1\",\"root\":true},"
                        + "{\"name\":\"b\",\"version\":\"1\",\"root\":true}]};it has 2 roots",
                "{\"packages\":[{\"name\":\"a\",\"version\":\"1\",\"root\":true,"
                        + "\"dependencies\":[7]}]};is no package",
                "{\"packages\":[{\"name\":\"a\",\"version\":\"1\",\"root\":true,"
                        + "\"dependencies\":[0]}]};in a circle",
                "{\"packages\":[{\"name\":\"a\",\"root\":true}]};no name or no version",
                "{\"packages\":[3]};where an object belongs",
                "[];where an object belongs",
                "{\"packages\":[{\"name\":\"a\",\"version\":\"1\",\"root\":true}]} {};"
                        + "something follows its end"
            })
    void auditableListsThatContradictThemselvesAreRefused(String json, String why) {
        assertThatThrownBy(() -> read(".dep-v0", deflated(json)))
                .isInstanceOf(MalformedSbomException.class)
                .hasMessageContaining(why);
    }

    @Test
    void bombsAreRefused() {
        byte[] bomb = deflated(" ".repeat(SbomReader.MAX_BYTES + 1));
        assertThat(bomb).hasSizeLessThan(20_000);
        assertThatThrownBy(() -> read(".dep-v0", bomb)).hasMessageContaining("inflates to more");
        assertThatThrownBy(() -> read(".dep-v0", new byte[] {1, 2, 3}))
                .hasMessageContaining("not compressed");
        assertThatThrownBy(() -> read("{\"bomFormat\":" + "[".repeat(200)))
                .hasMessageContaining("no JSON");
    }

    @Test
    void documentsOfAnotherKindAreRefused() {
        assertThatThrownBy(() -> read("{\"components\":[]}")).hasMessageContaining("neither");
        assertThatThrownBy(() -> read("{\"bomFormat\":\"CycloneDX\",\"components\":[1]}"))
                .hasMessageContaining("is no object");
    }

    @Test
    void documentsAreRecognisedByNameOrContent() {
        byte[] content = " {\"bomFormat\":\"CycloneDX\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(SbomReader.recognises("anything", content, 0, content.length)).isTrue();
        assertThat(SbomReader.recognises("anything", content, 0, 5)).isFalse();
        assertThat(SbomReader.recognises("SBOM", new byte[0], 0, 0)).isTrue();
        assertThat(SbomReader.recognises("producers", new byte[0], 0, 0)).isFalse();
    }

    @Property(tries = 1_000)
    void anyBytesGiveComponentsOrARefusal(@ForAll byte[] bytes, @ForAll String text) {
        String json = "{\"bomFormat\":\"CycloneDX\",\"components\":[{\"name\":\"" + text;
        for (byte[] each : new byte[][] {bytes, json.getBytes(StandardCharsets.UTF_8)}) {
            for (String name : List.of("sbom", ".dep-v0")) {
                try {
                    assertThat(read(name, each)).hasSizeLessThan(SbomReader.MAX_COMPONENTS);
                } catch (MalformedSbomException refused) {
                    assertThat(refused.getMessage().chars()).allMatch(it -> it >= ' ');
                }
            }
        }
    }
}

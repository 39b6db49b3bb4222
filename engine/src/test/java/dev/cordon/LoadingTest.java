package dev.cordon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.bundle.BundleReader;
import dev.cordon.bundle.PluginBundle;
import dev.cordon.capability.DirectoryRules;
import dev.cordon.capability.Grants;
import dev.cordon.guest.PluginShape;
import dev.cordon.manifest.Manifest;
import dev.cordon.samples.SamplePlugins;
import dev.cordon.trust.sign.PluginSigner;
import dev.cordon.wasm.ModuleOutline;
import dev.cordon.wasm.ModuleReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadingTest {
    private static final Grants GRANTED =
            Grants.of("random", "sys:memory", "fs:read=/h::/a", "net:outbound=tcp://a.example:1");

    @TempDir Path folder;

    @Test
    void aPluginGetsNoDirectoryOrNetworkThatItDoesNotAskFor() throws Exception {
        assertThat(left("")).isEqualTo(Grants.of("random", "sys:memory"));
        assertThat(left("\"fs:read=/a\""))
                .isEqualTo(Grants.of("random", "sys:memory", "fs:read=/h::/a"));
        assertThat(left("\"fs:write=/a\", \"net:outbound=tcp://a.example:1\"")).isEqualTo(GRANTED);
    }

    @Test
    void aModuleWithoutManifestCannotAskAndGetsWhatItIsGiven() throws Exception {
        assertThat(left(bare()).grants()).isEqualTo(GRANTED);
    }

    private Grants left(String requests) throws Exception {
        String json =
                "{\"abi\":1,\"id\":\"a\",\"version\":\"1.0.0\",\"requests\":[%s],"
                        + "\"commands\":[{\"name\":\"count\"}]}";
        byte[] manifest = json.formatted(requests).getBytes(StandardCharsets.UTF_8);
        LoadOptions options = left(PluginSigner.withManifest(bare(), manifest));
        boolean directory = options.grants().toString().contains("/a");
        assertThat(options.directoryRules().containsKey("/a")).isEqualTo(directory);
        return options.grants();
    }

    private byte[] bare() throws Exception {
        return Files.readAllBytes(SamplePlugins.copyTo("word-count-reactor", folder));
    }

    private static LoadOptions left(byte[] module) {
        PluginBundle bundle = BundleReader.of("a.wasm", module);
        ModuleOutline outline = ModuleReader.read("a", module);
        Manifest manifest = PluginShape.manifest(outline, module, bundle.sidecar(), bundle.name());
        LoadOptions granted =
                LoadOptions.defaults()
                        .withGrants(GRANTED)
                        .withDirectoryRules(Map.of("/a", DirectoryRules.everything()));
        return Loading.below(Loading.requested(bundle, outline, manifest, granted), granted);
    }
}

package dev.cordon.extism;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.capability.Grant;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import dev.cordon.quota.Quota;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtismManifestTest {
    private static final String DATA =
            "{\"data\":\"" + Base64.getEncoder().encodeToString(new byte[] {1, 2, 3}) + "\"}";
    private static final String DIGEST =
            "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81";

    @TempDir private Path folder;

    private static ExtismManifest withRest(String rest) {
        return ExtismManifest.parse("{\"wasm\":[" + DATA + "]" + rest + "}");
    }

    private static void isRefused(String json, String where, String what) {
        assertThatThrownBy(() -> ExtismManifest.parse(json.replace('\'', '"')))
                .isInstanceOfSatisfying(
                        CordonException.class,
                        refused -> {
                            assertThat(refused.code()).isEqualTo(ErrorCode.MALFORMED_MANIFEST);
                            assertThat(refused.what())
                                    .startsWith("Extism manifest: `" + where + "` ")
                                    .contains(what);
                        });
    }

    @Test
    void everyFieldIsUnderstood() {
        ExtismManifest manifest =
                withRest(
                        ",\"memory\":{\"max_pages\":16,\"max_http_response_bytes\":9,"
                                + "\"max_var_bytes\":77},\"config\":{\"b\":\"1\",\"a\":\"2\"},"
                                + "\"allowed_hosts\":[\"*.example.org\"],\"allowed_paths\":"
                                + "{\"ro:/usr\":\"/in\",\"/tmp\":\"/out\"},\"timeout_ms\":250");
        assertThat(manifest.module().module()).containsExactly(1, 2, 3);
        assertThat(manifest.configuration()).isEqualTo(Map.of("a", "2", "b", "1"));
        assertThat(manifest.grants())
                .containsExactly(
                        Grant.parse("fs:read=/usr::/in"),
                        Grant.parse("fs:write=/tmp::/out"),
                        Grant.parse("net:outbound=http://*.example.org:*"),
                        Grant.parse("net:outbound=https://*.example.org:*"));
        assertThat(manifest.responseBytes()).isEqualTo(9);
        assertThat(manifest.quota())
                .isEqualTo(
                        Quota.widest()
                                .withMemoryBytes(1 << 20)
                                .withDeadline(Duration.ofMillis(250)));
        assertThat(manifest.variableBytes()).isEqualTo(77);
    }

    @Test
    void whatIsMissingOrNullHasTheDefaultsOfExtism() {
        List<ExtismManifest> manifests =
                List.of(
                        withRest(""),
                        withRest(
                                ",\"memory\":{\"max_pages\":null,\"max_var_bytes\":null},"
                                        + "\"config\":{},\"allowed_hosts\":null,"
                                        + "\"allowed_paths\":null,\"timeout_ms\":null"));
        assertThat(manifests)
                .allSatisfy(
                        manifest -> {
                            assertThat(manifest.quota()).isEqualTo(Quota.widest());
                            assertThat(manifest.variableBytes()).isEqualTo(1 << 20);
                            assertThat(manifest.responseBytes()).isEqualTo(52_428_800);
                            assertThat(manifest.grants()).isEmpty();
                        });
    }

    @Test
    void modulesAndManifestsAreReadFromFiles() throws IOException {
        Path module = Files.write(folder.resolve("three.wasm"), new byte[] {1, 2, 3});
        String path = module.toString().replace("\\", "\\\\");
        String json = "{\"wasm\":[{\"path\":\"" + path + "\",\"hash\":\"" + DIGEST + "\"}]}";
        Path file = Files.writeString(folder.resolve("three.json"), json);
        assertThat(ExtismManifest.read(file).module().name()).isEqualTo("three.wasm");
        assertThat(ExtismManifest.read(file).module().digest().hex()).isEqualTo(DIGEST);
        assertThatThrownBy(() -> ExtismManifest.read(folder.resolve("none.json")))
                .hasMessageContaining("CRD-101");
    }

    @Test
    void aModuleWithAnotherHashIsRefused() {
        String other = "1" + DIGEST.substring(1);
        String json = "{\"wasm\":[{\"data\":\"AQID\",\"hash\":\"%s\"}]}";
        ExtismManifest.parse(json.formatted(DIGEST));
        isRefused(json.formatted(other), "$.wasm[0].hash", DIGEST);
        isRefused(json.formatted(""), "$.wasm[0].hash", "is not the SHA-256");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | $ | is not an object",
                "{} | $.wasm | is not a list",
                "{'wasm':[]} | $.wasm | is not a list",
                "{'wasm':[{'data':'AQ=='},{'data':'AQ=='}]} | $.wasm[1].name | is there twice: main",
                "{'wasm':[{'data':'AQ==','name':'cordon'},{'data':'AQ=='}]} | $.wasm[0].name | host",
                "{'wasm':[{'data':'AQ==','headers':{}}]} | $.wasm[0] | belong to a `url`",
                "{'wasm':[{'data':'AQ==','name':7}]} | $.wasm[0].name | is not text",
                "{'wasm':[[]]} | $.wasm[0] | is not an object",
                "{'wasm':[{'data':'AQ=='}],'config':[]} | $.config | is not an object",
                "{'timeout_ms':99999999999999999999} | $.timeout_ms | whole number",
                "{'timeout_ms':999999999999999999999} | $ | cannot be read",
                "{'a':[[[[[[[[[]]]]]]]]]} | $ | cannot be read",
                "{'wasm':[{}]} | $.wasm[0] | needs one of",
                "{'wasm':[{'data':'AQ==','path':'x'}]} | $.wasm[0] | needs one of",
                "{'wasm':[{'url':'https://example.org/x.wasm'}]} | $.wasm[0].url | not loaded without `hash`",
                "{'wasm':[{'data':'?'}]} | $.wasm[0].data | is not base64",
                "{'wasm':[{'data':{'ptr':1,'len':2}}]} | $.wasm[0].data | is not text",
                "{'wasm':[{'data':'AQ==','hsah':'x'}]} | $.wasm[0] | unknown field `hsah`",
                "{'wasm':[{'data':'AQ=='}],'timeout':1} | $ | unknown field `timeout`",
                "{'wasm':[{'data':'AQ=='}],'timeout_ms':0} | $.timeout_ms | not more than zero",
                "{'wasm':[{'data':'AQ=='}],'timeout_ms':-1} | $.timeout_ms | whole number",
                "{'wasm':[{'data':'AQ=='}],'timeout_ms':1.5} | $.timeout_ms | whole number",
                "{'wasm':[{'data':'AQ=='}],'memory':{'max_pages':'9'}} | $.memory.max_pages | whole",
                "{'wasm':[{'data':'AQ=='}],'memory':7} | $.memory | is not an object",
                "{'wasm':[{'data':'AQ=='}],'config':{'a':1}} | $.config | is not text",
                "{'wasm':[{'data':'AQ=='}],'allowed_paths':{'a::b':'c'}} | $.allowed_paths | `::`",
                "{'wasm':[{'data':'AQ=='}],'allowed_paths':{'ro:':'c'}} | $.allowed_paths | no host",
                "{'wasm':[{'data':'AQ=='}],'allowed_hosts':'*'} | $.allowed_hosts | not a list",
                "{'wasm':[{'data':'AQ=='}],'allowed_hosts':['*a.org']} | $.allowed_hosts | `*a.org`",
                "{'wasm':[{'data':'AQ=='}],'allowed_hosts':['a.*.org']} | $.allowed_hosts | `a.*.org`",
                "{'wasm':[{'data':'AQ=='}],'allowed_hosts':['a.org/x']} | $.allowed_hosts | `a.org/x`",
                "{'wasm':[{'data':'AQ=='}],'allowed_hosts':['a:80']} | $.allowed_hosts | `a:80`",
                "{'wasm':[{'data':'AQ=='}],'allowed_hosts':['']} | $.allowed_hosts | is no name",
                "{'wasm':[],'wasm':[]} | $ | Duplicate",
                "{'wasm':[{'data':'AQ=='}]} x | $ | cannot be read"
            })
    void whatWouldNotBeInForceIsRefused(String json, String where, String what) {
        isRefused(json, where, what);
    }

    @Test
    void tomlIsRecognisedAndRefused() {
        for (String toml :
                List.of("wasm = []", "# it\n\n[[wasm]]\npath = 'x'", "[memory]\nmax_pages = 1")) {
            isRefused(toml, "$", "looks like TOML");
        }
        isRefused("[1]", "$", "is not an object");
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws IOException {
        byte[] json = "{\"wasm\":[{\"data\":\"AQID\",\"name\":\"x\"}]}".getBytes(UTF_8);
        json[json.length - 5] = (byte) 0xff;
        Path file = Files.write(folder.resolve("latin.json"), json);
        assertThatThrownBy(() -> ExtismManifest.read(file)).hasMessageContaining("CRD-104");
    }

    @Test
    void theMainModuleIsTheOneThatExtismTakes() {
        assertThat(modules("a", "main", "b")).isEqualTo("main of a, b");
        assertThat(modules("a", "b", "c")).isEqualTo("c of a, b");
        assertThat(modules(null, "b", "c")).isEqualTo("null of b, c");
        assertThat(modules("a", "b", null)).isEqualTo("null of a, b");
        assertThat(modules("a")).isEqualTo("a of ");
        assertThat(modules("extism:host/env")).as("a single one").startsWith("extism:host/env");
    }

    /** Which of the modules with these names is the main one, and which are linked. */
    private static String modules(String... names) {
        StringBuilder list = new StringBuilder();
        Map<String, String> known = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
            String data = Base64.getEncoder().encodeToString(new byte[] {(byte) i});
            String name = names[i] == null ? "" : ",\"name\":\"" + names[i] + "\"";
            list.append(i == 0 ? "" : ",").append("{\"data\":\"" + data + "\"" + name + "}");
            known.put(Integer.toString(i), names[i]);
        }
        ExtismManifest manifest = ExtismManifest.parse("{\"wasm\":[" + list + "]}");
        return known.get(Integer.toString(manifest.module().module()[0]))
                + " of "
                + manifest.linked().stream()
                        .map(ExtismModule::name)
                        .collect(Collectors.joining(", "));
    }

    @Test
    void tooManyModulesAreRefused() {
        String[] names = new String[ExtismManifest.MAX_MODULES + 1];
        for (int i = 0; i < names.length; i++) {
            names[i] = "m" + i;
        }
        assertThatThrownBy(() -> modules(names)).hasMessageContaining("at most 32");
        assertThat(modules(Arrays.copyOf(names, 32))).startsWith("m31 of m0, ");
    }

    @Property(tries = 300)
    void anyTextIsReadOrRefusedInAnOrderlyWay(@ForAll String text) {
        try {
            ExtismManifest.parse(text);
        } catch (CordonException refused) {
            assertThat(refused.code()).isEqualTo(ErrorCode.MALFORMED_MANIFEST);
        }
    }

    @Property(tries = 300)
    void aDamagedManifestIsRefusedInAnOrderlyWay(@ForAll int at, @ForAll char put) {
        StringBuilder json =
                new StringBuilder(
                        "{\"wasm\":[{\"data\":\"AQID\"}],\"memory\":{\"max_pages\":16},"
                                + "\"config\":{\"a\":\"b\"},\"timeout_ms\":250}");
        json.setCharAt(Math.floorMod(at, json.length()), put);
        anyTextIsReadOrRefusedInAnOrderlyWay(json.toString());
    }

    @Test
    void aHostFunctionCannotTakeThePlaceOfTheEngines() {
        for (String module : List.of("extism:host/env", "cordon", "wasi_snapshot_preview1")) {
            assertThatThrownBy(
                            () ->
                                    new ExtismFunction(
                                            module,
                                            "alloc",
                                            List.of(),
                                            List.of(),
                                            (memory, arguments) -> new long[0]))
                    .isInstanceOf(UsageException.class);
        }
        assertThat(ExtismFunction.ofBytes("f", bytes -> bytes).module())
                .isEqualTo("extism:host/user");
    }
}

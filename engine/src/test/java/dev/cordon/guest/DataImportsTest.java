package dev.cordon.guest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.cordon.CallResult;
import dev.cordon.LoadOptions;
import dev.cordon.Plugin;
import dev.cordon.PluginEngine;
import dev.cordon.capability.Grant;
import dev.cordon.capability.Grants;
import dev.cordon.data.AccessLevel;
import dev.cordon.data.AccessRule;
import dev.cordon.data.DataQuota;
import dev.cordon.data.DataUser;
import dev.cordon.data.SharedData;
import dev.cordon.error.GuestTrapException;
import dev.cordon.meter.ModuleBuilder;
import dev.cordon.monitor.AuditRecord;
import dev.cordon.monitor.EngineListener;
import dev.cordon.trust.TrustPolicy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shared data as a guest reaches it: results, versions, responses, ranges, fuel, audit. */
class DataImportsTest {
    private static final String ALL = "data:read=**";
    private static final String WRITE = "data:write=**";
    private static final DataUser SELF = DataUser.plugin("guest");

    /** Memory: {@code a.b} at 0, a value at 4, bytes that are no UTF-8 at 12. */
    private static final String MEMORY = "a.b\0value\0\0\0\u00ff\u00ff";

    private final List<AuditRecord> audit = new ArrayList<>();
    private final SharedData data =
            SharedData.inMemory(DataQuota.defaults().withPlugin(1, 100).withValueBytes(60));
    private final PluginEngine engine =
            PluginEngine.builder()
                    .trust(TrustPolicy.off())
                    .data(data)
                    .listener(
                            new EngineListener() {
                                @Override
                                public void audited(AuditRecord entry) {
                                    audit.add(entry);
                                }
                            })
                    .build();

    @AfterEach
    void close() {
        engine.close();
        data.close();
    }

    /** A module that answers with 8 bytes for each call, which an i64 variable holds. */
    private static final class Script {
        private final ModuleBuilder module = new ModuleBuilder();
        private final int write = module.imported("cordon", "output_write", "ii", "i");
        private final int get = module.imported("cordon", "data_get", "ii", "i");
        private final int put = module.imported("cordon", "data_put", "iiii", "i");
        private final int set = module.imported("cordon", "data_compare_and_set", "iiIii", "i");
        private final int delete = module.imported("cordon", "data_delete", "ii", "i");
        private final int version = module.imported("cordon", "data_version", "", "I");
        private final int length = module.imported("cordon", "response_length", "", "i");
        private final int read = module.imported("cordon", "response_read", "iii", "i");
        private final StringBuilder body = new StringBuilder();
        private byte[] built = {};

        private Script answer(String call, String extend) {
            body.append("i32.const 60000 ").append(call).append(extend).append(" i64.store 0 ");
            return show("60000 8");
        }

        Script show(String range) {
            body.append(constants(range)).append("call ").append(write).append(" drop ");
            return this;
        }

        private static String constants(String values) {
            return "i32.const " + values.replace(" ", " i32.const ") + " ";
        }

        Script get(String key) {
            return answer(constants(key) + "call " + get, " i64.extend_i32_s");
        }

        Script put(String key, String value) {
            return answer(constants(key + " " + value) + "call " + put, " i64.extend_i32_s");
        }

        Script set(String key, long version, String value) {
            return answer(
                    constants(key)
                            + "i64.const "
                            + version
                            + " "
                            + constants(value)
                            + "call "
                            + set,
                    " i64.extend_i32_s");
        }

        Script delete(String key) {
            return answer(constants(key) + "call " + delete, " i64.extend_i32_s");
        }

        Script version() {
            return answer("call " + version, "");
        }

        Script response() {
            return answer("call " + length, " i64.extend_i32_s");
        }

        Script read(String range) {
            return answer(constants(range) + "call " + read, " i64.extend_i32_s");
        }

        byte[] build() {
            if (built.length == 0) {
                int run = module.function("", "", "", body.toString());
                byte[] memory = MEMORY.getBytes(ISO_8859_1);
                built = module.memory(4).data(0, memory).export("run", run).build();
            }
            return built;
        }
    }

    private static LoadOptions granted(String... grants) {
        return LoadOptions.defaults().withGrants(Grants.of(grants));
    }

    private CallResult run(Script script, String... grants) {
        try (Plugin plugin = engine.load("guest", script.build(), granted(grants))) {
            return plugin.call("run", new byte[0]);
        }
    }

    private List<Long> results(Script script, String... grants) {
        ByteBuffer bytes = ByteBuffer.wrap(run(script, grants).bytes());
        List<Long> results = new ArrayList<>();
        while (bytes.remaining() >= 8) {
            results.add(bytes.order(ByteOrder.LITTLE_ENDIAN).getLong());
        }
        return results;
    }

    @Test
    void aValueComesBackAsTheResponseWithItsVersion() {
        Script script = new Script().get("0 3").version().put("0 3", "4 5");
        script.get("0 3").response().version().read("100 1 9").show("100 5");
        script.delete("0 3").get("0 3").version().response();
        byte[] result = run(script, ALL, WRITE).bytes();
        ByteBuffer bytes = ByteBuffer.wrap(result).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.getLong()).as("not found").isEqualTo(-2);
        assertThat(bytes.getLong()).as("no version").isZero();
        assertThat(bytes.getLong()).as("put").isZero();
        assertThat(bytes.getLong()).as("length").isEqualTo(5);
        assertThat(bytes.getLong()).as("response").isEqualTo(5);
        assertThat(bytes.getLong()).as("version").isEqualTo(1);
        assertThat(bytes.getLong()).as("read").isEqualTo(4);
        assertThat(new String(result, 56, 5, ISO_8859_1)).isEqualTo("alue\0");
        bytes.position(61);
        assertThat(bytes.getLong()).as("deleted").isZero();
        assertThat(bytes.getLong()).as("gone").isEqualTo(-2);
        assertThat(bytes.getLong()).as("its version too").isZero();
        assertThat(bytes.getLong()).as("the response stays").isEqualTo(5);
    }

    @Test
    void compareAndSetTellsWhoWasFirst() {
        Script script = new Script().set("0 3", 0, "4 5").set("0 3", 0, "4 5");
        script.set("0 3", 1, "4 5").set("0 3", -1, "4 5").set("0 3", Long.MIN_VALUE, "4 5");
        assertThat(results(script, WRITE)).containsExactly(0L, -7L, 0L, -7L, -7L);
        assertThat(data.get(SELF, "a.b").version()).isEqualTo(2);
    }

    @Test
    void eachUseNeedsItsGrant() {
        Script script = new Script().get("0 3").put("0 3", "4 5").delete("0 3");
        assertThat(results(script, "data:read=a.*")).containsExactly(-2L, -1L, -1L);
        assertThat(results(script, "data:write=a.b")).containsExactly(-1L, 0L, 0L);
        assertThat(results(script, "data:write=b.**", "data:read=a"))
                .containsExactly(-1L, -1L, -1L);
        assertThat(results(script)).containsExactly(-1L, -1L, -1L);
    }

    @Test
    void theAccessLevelMustAllowItToo() {
        data.application("app").put("a.b", new byte[3]);
        Script script = new Script().get("0 3").version().put("0 3", "4 5").delete("0 3");
        assertThat(results(script, ALL, WRITE)).containsExactly(-1L, 0L, -1L, -1L);
        data.setRules(List.of(AccessRule.plugins("a.*", "guest", AccessLevel.READ)));
        assertThat(results(script, ALL, WRITE)).containsExactly(3L, 1L, -1L, -1L);
        data.setRules(List.of(AccessRule.plugins("a.*", "guest", AccessLevel.WRITE)));
        assertThat(results(script, ALL, WRITE)).containsExactly(3L, 1L, 0L, -1L);
    }

    @Test
    void everyDecisionIsAudited() {
        data.application("app").put("a.b", new byte[3]);
        Script script = new Script().get("0 3").get("0 3").put("0 3", "4 5");
        CallResult result = run(script, ALL);
        assertThat(result.report().denied()).containsExactly("data:read=a.b", "data:write=a.b");
        assertThat(audit)
                .extracting(
                        AuditRecord::plugin,
                        AuditRecord::operation,
                        AuditRecord::capability,
                        AuditRecord::allowed,
                        AuditRecord::reason,
                        AuditRecord::count)
                .containsExactly(
                        tuple(
                                "guest",
                                "data_get",
                                "data:read=a.b",
                                false,
                                "the access level does not allow it",
                                1L),
                        tuple("guest", "data_put", "data:write=a.b", false, "not granted", 1L),
                        tuple(
                                "guest",
                                "data_get",
                                "data:read=a.b",
                                false,
                                "the access level does not allow it",
                                1L));
        audit.clear();
        run(new Script().put("0 1", "4 5"), WRITE);
        assertThat(audit).extracting(AuditRecord::allowed).containsExactly(true);
    }

    @Test
    void aGrantThatIsTakenBackIsGoneAtTheNextUse() {
        byte[] module = new Script().get("0 3").build();
        try (Plugin plugin = engine.load("guest", module, granted(ALL))) {
            assertThat(plugin.call("run", new byte[0]).bytes()[0]).isEqualTo((byte) -2);
            assertThat(plugin.revoke(Grant.parse(ALL))).isTrue();
            assertThat(plugin.call("run", new byte[0]).bytes()[0]).isEqualTo((byte) -1);
        }
    }

    @ParameterizedTest
    @CsvSource({"0 0, -3", "12 1, -3", "0 4, -3", "2 1, 0", "0 1024, -3", "0 1025, -4"})
    void keysThatCannotBeAreRefused(String key, long expected) {
        String memory = expected == 0 ? "0 1" : key;
        Script script = new Script().put(memory, "4 5").set(memory, 0, "4 5").delete(memory);
        if (expected == 0) {
            assertThat(results(script, WRITE)).containsExactly(0L, -7L, 0L);
        } else {
            assertThat(results(script, WRITE)).containsExactly(expected, expected, expected);
            assertThat(results(new Script().get(key), ALL)).containsExactly(expected);
        }
        assertThat(data.get(SELF, "a").length()).isZero();
    }

    @Test
    void whatIsTooMuchIsRefused() {
        Script script = new Script().put("0 3", "0 61").put("0 3", "0 60").put("0 1", "0 1");
        script.put("0 3", "0 200000");
        assertThat(results(script, WRITE)).containsExactly(-4L, 0L, -5L, -4L);
    }

    @ParameterizedTest
    @CsvSource({
        "get, -1 -1",
        "get, 262144 1",
        "get, 262140 5",
        "key, -16 32",
        "key, 0 -2147483648",
        "value, 262144 1",
        "value, 262143 2",
        "value, -1 1",
        "value, 0 -1",
        "set, 262144 1",
        "set, 1 -1",
        "delete, -1 2",
    })
    void rangesBeyondMemoryTrapWhateverIsGranted(String what, String range) {
        Script script = new Script();
        switch (what) {
            case "get" -> script.get(range);
            case "key" -> script.put(range, "0 1");
            case "value" -> script.put("0 3", range);
            case "set" -> script.set("0 3", 0, range);
            default -> script.delete(range);
        }
        for (String grant : List.of(WRITE, "random")) {
            assertThatThrownBy(() -> run(script, ALL, grant))
                    .isInstanceOf(GuestTrapException.class)
                    .hasMessageContaining("out of bounds memory access");
        }
        assertThat(data.get(SELF, "a.b").version()).isZero();
    }

    @Test
    void bytesAndWritesArePaidFor() {
        long none = fuel(new Script().put("0 3", "0 0"));
        assertThat(fuel(new Script().put("0 3", "0 56")) - none).isEqualTo(7);
        assertThat(fuel(new Script().set("0 3", 9, "0 0"))).isGreaterThan(DataImports.WRITE_COST);
        assertThat(fuel(new Script().delete("0 3"))).isGreaterThan(DataImports.WRITE_COST);
        long missing = fuel(new Script().get("0 1"));
        data.put(SELF, "a", new byte[48]);
        assertThat(fuel(new Script().get("0 1")) - missing).isEqualTo(6);
    }

    private long fuel(Script script) {
        return run(script, ALL, WRITE).report().fuelUsed();
    }

    @Test
    void dataThatWasClosedIsUnavailable() {
        data.close();
        Script script = new Script().get("0 3").put("0 3", "4 5").delete("0 3");
        assertThat(results(script, ALL, WRITE)).containsExactly(-8L, -8L, -8L);
    }

    @Test
    void anEngineThatWasGivenNoDataHasItsOwn() {
        try (PluginEngine own = PluginEngine.builder().trust(TrustPolicy.off()).build();
                PluginEngine other = PluginEngine.builder().trust(TrustPolicy.off()).build();
                Plugin plugin =
                        own.load("guest", new Script().put("0 3", "4 5").build(), granted(WRITE))) {
            plugin.call("run", new byte[0]);
            assertThat(own.data().get(SELF, "a.b").length()).isEqualTo(5);
            assertThat(other.data().get(SELF, "a.b").length()).isZero();
            assertThat(engine.data()).isSameAs(data);
        }
    }
}

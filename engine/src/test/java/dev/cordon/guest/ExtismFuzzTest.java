package dev.cordon.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.EngineKind;
import dev.cordon.LoadOptions;
import dev.cordon.Plugin;
import dev.cordon.PluginEngine;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.quota.Quota;
import dev.cordon.trust.TrustPolicy;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Guests that call every function of the Extism ABI with whatever comes to mind. */
class ExtismFuzzTest {
    /** How such a guest may end; anything else is a fault of the host. */
    private static final Set<ErrorCode> ENDS =
            EnumSet.of(
                    ErrorCode.PLUGIN_ERROR,
                    ErrorCode.TRAP,
                    ErrorCode.CAPABILITY_DENIED,
                    ErrorCode.MEMORY_EXCEEDED,
                    ErrorCode.OUTPUT_EXCEEDED,
                    ErrorCode.LOG_EXCEEDED,
                    ErrorCode.OUT_OF_FUEL);

    private static final LoadOptions OPTIONS =
            LoadOptions.defaults()
                    .withConfiguration(Map.of("", "empty", "payload", "value"))
                    .withQuota(
                            Quota.widest()
                                    .withMemoryBytes(1 << 20)
                                    .withOutputBytes(4_096)
                                    .withLogLines(5)
                                    .withFuelPerCall(200_000));

    @Property(tries = 150)
    void everyGuestEndsInAnOrderlyWay(@ForAll long seed) {
        byte[] module = new ExtismGuestGenerator(seed).module();
        String compiled = outcome(EngineKind.COMPILED, module);
        assertThat(outcome(EngineKind.INTERPRETER, module)).isEqualTo(compiled);
    }

    private static String outcome(EngineKind kind, byte[] module) {
        try (PluginEngine engine =
                        PluginEngine.builder().trust(TrustPolicy.off()).engine(kind).build();
                Plugin plugin = engine.load("fuzz", module, OPTIONS)) {
            byte[] payload = "payload of the call".getBytes(StandardCharsets.UTF_8);
            StringBuilder outcome = new StringBuilder();
            for (int i = 0; i < 2; i++) {
                try {
                    outcome.append(plugin.call("run", payload).text());
                } catch (CordonException ended) {
                    assertThat(ended.code()).isIn(ENDS);
                    outcome.append(ended.what());
                }
            }
            assertThat(payload).asString(StandardCharsets.UTF_8).isEqualTo("payload of the call");
            return outcome.toString();
        }
    }
}

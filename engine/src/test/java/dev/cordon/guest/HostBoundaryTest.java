package dev.cordon.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.LoadOptions;
import dev.cordon.Plugin;
import dev.cordon.PluginEngine;
import dev.cordon.RunOptions;
import dev.cordon.capability.Grants;
import dev.cordon.error.InternalException;
import dev.cordon.meter.ModuleBuilder;
import dev.cordon.monitor.CallReport;
import dev.cordon.monitor.EngineListener;
import dev.cordon.trust.TrustPolicy;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A fault of the host's own code is never taken for a fault of the guest. */
class HostBoundaryTest {
    /** A program that writes one byte to standard output. */
    private static byte[] writer() {
        ModuleBuilder module = new ModuleBuilder();
        int write = module.imported("wasi_snapshot_preview1", "fd_write", "iiii", "i");
        String body =
                "i32.const 0 i32.const 64 i32.store 0 i32.const 4 i32.const 1 i32.store 0"
                        + " i32.const 1 i32.const 0 i32.const 1 i32.const 32 call "
                        + write
                        + " drop";
        int start = module.function("", "", "", body);
        return module.memory(1).export("_start", start).exportMemory("memory").build();
    }

    @Test
    void whatAHostFunctionThrowsIsAnInternalError() {
        List<String> heard = new ArrayList<>();
        EngineListener listener =
                new EngineListener() {
                    @Override
                    public void callEnded(CallReport report) {
                        heard.add("ended " + report.outcome());
                    }

                    @Override
                    public void hostFunctionFailed(
                            String plugin, String function, Throwable failure) {
                        heard.add(plugin + " " + function + " " + failure.getMessage());
                    }
                };
        OutputStream broken =
                new OutputStream() {
                    @Override
                    public void write(int value) {
                        throw new ArithmeticException("divided by host");
                    }
                };
        try (PluginEngine engine =
                PluginEngine.builder().trust(TrustPolicy.off()).listener(listener).build()) {
            Plugin plugin =
                    engine.load(
                            "writer",
                            writer(),
                            LoadOptions.defaults().withGrants(Grants.of("stdio")));
            RunOptions options =
                    RunOptions.defaults()
                            .withStreams(InputStream.nullInputStream(), broken, broken);
            assertThatThrownBy(() -> plugin.run(options))
                    .isInstanceOf(InternalException.class)
                    .hasRootCauseMessage("divided by host")
                    .hasMessage(
                            "CRD-901 [writer] host function `wasi_snapshot_preview1.fd_write`"
                                    + " failed with java.lang.ArithmeticException\n"
                                    + "  help: report it to Cordon with the cause below; the plugin"
                                    + " is not to blame");
        }
        assertThat(heard)
                .containsExactly(
                        "writer wasi_snapshot_preview1.fd_write divided by host", "ended internal");
    }
}

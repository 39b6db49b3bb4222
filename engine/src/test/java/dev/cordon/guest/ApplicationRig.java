package dev.cordon.guest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cordon.CallResult;
import dev.cordon.EngineKind;
import dev.cordon.LoadOptions;
import dev.cordon.Plugin;
import dev.cordon.PluginEngine;
import dev.cordon.capability.Grants;
import dev.cordon.error.CordonException;
import dev.cordon.host.HostModule;
import dev.cordon.host.HostTerms;
import dev.cordon.meter.ModuleBuilder;
import dev.cordon.monitor.AuditRecord;
import dev.cordon.monitor.EngineListener;
import dev.cordon.trust.TrustPolicy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** An engine with functions of the application, and guests that call one of them. */
abstract class ApplicationRig {
    static final byte[] NOTHING = {};
    static final String ALL = "host:call=app.**";

    record Point(int x, int y) {}

    final List<AuditRecord> audit = new ArrayList<>();
    final List<String> failures = new ArrayList<>();
    final AtomicInteger calls = new AtomicInteger();

    PluginEngine engine(EngineKind kind, HostModule module) {
        EngineListener listener =
                new EngineListener() {
                    @Override
                    public void audited(AuditRecord entry) {
                        audit.add(entry);
                    }

                    @Override
                    public void hostFunctionFailed(String plugin, String function, Throwable why) {
                        failures.add(plugin + " " + function + " " + why.getMessage());
                    }
                };
        return PluginEngine.builder()
                .trust(TrustPolicy.off())
                .engine(kind)
                .listener(listener)
                .hostModule(module)
                .build();
    }

    /** Calls one function with operands that a body pushes; answers result and response. */
    static byte[] guest(String name, String in, String out, String memory, String push) {
        ModuleBuilder module = new ModuleBuilder();
        int wanted = module.imported("app.x", name, in, out);
        int write = module.imported("cordon", "output_write", "ii", "i");
        int read = module.imported("cordon", "response_read", "iii", "i");
        String store =
                switch (out) {
                    case "I" -> "i64.store 0 ";
                    case "F" -> "f64.store 0 ";
                    case "f" -> "f32.store 0 ";
                    default -> "i64.extend_i32_s i64.store 0 ";
                };
        String body = "i32.const 60000 " + push + " call " + wanted + " " + store;
        body += "i32.const 60000 i32.const 8 call " + write + " drop ";
        body += "i32.const 50000 i32.const 50000 i32.const 0 i32.const 9000 call " + read;
        body += " call " + write + " drop ";
        int run = module.function("", "", "", body);
        module.memory(1).data(0, memory.getBytes(ISO_8859_1)).export("run", run);
        return module.build();
    }

    CallResult call(EngineKind kind, HostModule module, byte[] guest, String... grants) {
        try (PluginEngine engine = engine(kind, module);
                Plugin plugin = engine.load("guest", guest, granted(grants))) {
            return plugin.call("run", NOTHING);
        }
    }

    static LoadOptions granted(String... grants) {
        return LoadOptions.defaults().withGrants(Grants.of(grants));
    }

    static long number(CallResult result) {
        return ByteBuffer.wrap(result.bytes()).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    static String response(CallResult result) {
        return new String(result.bytes(), 8, result.bytes().length - 8, ISO_8859_1);
    }

    static HostModule app() {
        return HostModule.named("app.x");
    }

    HostModule counted() {
        return app().terms(HostTerms.defaults().withMaxBytes(8).withMaxResultBytes(8))
                .function("t", String.class, String.class, a -> a + calls.incrementAndGet())
                .function("j", Point.class, long.class, a -> (long) calls.incrementAndGet())
                .function("m", Map.class, void.class, a -> null)
                .function("big", byte[].class, byte[].class, a -> new byte[9])
                .function("wide", int.class, String.class, a -> "\u00e4".repeat(5))
                .function("gone", int.class, String.class, a -> null)
                .function("f", String.class, double.class, a -> 1.0);
    }

    static String constants(String values) {
        return "i32.const " + values.replace(" ", " i32.const ");
    }

    CordonException error(EngineKind kind, HostModule module, byte[] guest, String... grants) {
        return catchThrowableOfType(CordonException.class, () -> call(kind, module, guest, grants));
    }
}

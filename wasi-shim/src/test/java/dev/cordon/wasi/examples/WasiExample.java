package dev.cordon.wasi.examples;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import dev.cordon.wasi.GuestClock;
import dev.cordon.wasi.GuestExit;
import dev.cordon.wasi.GuestOutput;
import dev.cordon.wasi.MemoryDirectory;
import dev.cordon.wasi.PathRules;
import dev.cordon.wasi.Preopen;
import dev.cordon.wasi.Wasi;
import dev.cordon.wasi.WasiConfig;
import dev.cordon.wasi.WasiPreview1;
import dev.cordon.wasi.audit.AuditTrail;
import dev.cordon.wasi.limit.Ledger;
import dev.cordon.wasi.limit.Limits;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs a program that copies a file, and that is curious about another. */
public final class WasiExample {
    private WasiExample() {}

    /** Runs the program on files in memory, and prints what it did. */
    public static void run(byte[] program, PrintStream out) throws IOException {
        MemoryDirectory files = MemoryDirectory.create(1 << 20, 100);
        files.write("in.txt", "to be copied".getBytes(StandardCharsets.UTF_8));
        files.write("secret.txt", "not for plugins".getBytes(StandardCharsets.UTF_8));
        files.createDirectory("out");

        AuditTrail audit =
                AuditTrail.of(
                        decision ->
                                out.println(
                                        (decision.allowed() ? "allowed " : "denied ")
                                                + decision.use()
                                                + " of "
                                                + decision.subject()));
        // A directory of the host is opened in the same way: Preopen.of(Path.of("/srv/data")).
        try (Preopen data =
                Preopen.of(files)
                        .name("/")
                        .writable()
                        .rules(PathRules.everything().deny("secret*"))
                        .open()) {
            WasiConfig config =
                    WasiConfig.empty()
                            .withArguments(List.of("notes"))
                            .withStdout(GuestOutput.to(out))
                            .withClock(GuestClock.system())
                            .withPreopens(List.of(data))
                            .withLedger(Ledger.of(Limits.defaults().withStoredBytes(64 << 10)))
                            .withAudit(audit);
            try (Wasi wasi = WasiPreview1.start(config)) {
                WasmModule module = Parser.parse(program);
                ImportValues imports =
                        ImportValues.builder()
                                .addFunction(
                                        wasi.hostFunctions(module).toArray(new HostFunction[0]))
                                .build();
                Instance.builder(module).withImportValues(imports).build();
            } catch (GuestExit exit) {
                out.println("exit " + exit.status());
            }
        }
        byte[] copy = files.read("out/copy.txt");
        out.println("the copy: " + new String(copy, StandardCharsets.UTF_8));
    }
}

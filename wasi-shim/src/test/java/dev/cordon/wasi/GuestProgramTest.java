package dev.cordon.wasi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.Parser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A whole program, {@code greet.wat}, run from its {@code _start}. */
class GuestProgramTest {
    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

    private WasiConfig config(String argument, GuestInput stdin) {
        return WasiConfig.empty()
                .withArguments(List.of("greet", argument))
                .withStdin(stdin)
                .withStdout(GuestOutput.to(stdout))
                .withStderr(GuestOutput.to(stderr));
    }

    private static Instance instance(Wasi wasi) throws IOException {
        try (InputStream in = GuestProgramTest.class.getResourceAsStream("/greet.wasm")) {
            ImportValues imports =
                    ImportValues.builder()
                            .addFunction(wasi.hostFunctions().toArray(new HostFunction[0]))
                            .build();
            return Instance.builder(Parser.parse(Objects.requireNonNull(in).readAllBytes()))
                    .withImportValues(imports)
                    .withStart(false)
                    .build();
        }
    }

    private static int exitOf(Instance instance) {
        return catchThrowableOfType(GuestExit.class, () -> instance.export("_start").apply())
                .status();
    }

    @Test
    void programRunsWithArgumentsStreamsAndExit() throws Exception {
        GuestInput bytes = GuestInput.of("some input".getBytes(UTF_8));
        Wasi wasi = WasiPreview1.start(config("me", bytes));
        assertThat(exitOf(instance(wasi))).isEqualTo(42);
        assertThat(stdout.toString(UTF_8)).isEqualTo("greet\0me\0some input");
        assertThat(stderr.toString(UTF_8)).isEqualTo("no complaints\n");
    }

    @Test
    void oneInstanceRunsAgainWithOtherThings() throws Exception {
        Wasi wasi = WasiPreview1.start(config("me", GuestInput.empty()));
        Instance instance = instance(wasi);
        assertThat(exitOf(instance)).isEqualTo(42);
        stdout.reset();
        InputStream stream = new ByteArrayInputStream("from a stream".getBytes(UTF_8));
        wasi.restart(config("you", GuestInput.of(stream)));
        assertThat(exitOf(instance)).isEqualTo(42);
        assertThat(stdout.toString(UTF_8)).isEqualTo("greet\0you\0from a stream");
    }
}

package dev.cordon.wasi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.Parser;
import dev.cordon.wasi.abi.Errno;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A guest of one page of memory, filled with question marks, whose host calls a test makes itself.
 *
 * <p>Keeps a log of calls, of what they were charged for, and of what came out of its streams.
 */
public final class TestGuest {
    /** How much memory the guest has. */
    public static final int MEMORY_BYTES = 65_536;

    private static final byte[] MODULE = {0, 'a', 's', 'm', 1, 0, 0, 0, 5, 3, 1, 0, 1};
    private static final byte[] MODULE_WITHOUT_MEMORY = {0, 'a', 's', 'm', 1, 0, 0, 0};

    private final StringBuilder log = new StringBuilder();
    private final StringBuilder stdout = new StringBuilder();
    private final StringBuilder stderr = new StringBuilder();
    private final List<String> charges = new ArrayList<>();
    private final Instance instance;
    private final Wasi wasi;

    private TestGuest(byte[] module, WasiConfig config) {
        instance = Instance.builder(Parser.parse(module)).build();
        wasi = WasiPreview1.start(observed(config));
        if (instance.memory() != null) {
            instance.memory().fill((byte) '?', 0, MEMORY_BYTES);
        }
    }

    public static TestGuest with(WasiConfig config) {
        return new TestGuest(MODULE, config);
    }

    public static TestGuest plain() {
        return with(WasiConfig.empty());
    }

    public static TestGuest withoutMemory() {
        return new TestGuest(MODULE_WITHOUT_MEMORY, WasiConfig.empty());
    }

    /** Outputs and meter are watched, unless the test has its own. */
    public WasiConfig observed(WasiConfig config) {
        WasiConfig empty = WasiConfig.empty();
        WasiConfig observed = config;
        if (config.ports().meter() == HostCallMeter.FREE) {
            observed = observed.withMeter((who, function, n) -> charges.add(function + " " + n));
        }
        if (config.streams().stdout().getClass() == empty.streams().stdout().getClass()) {
            observed =
                    observed.withStdout((b, at, n) -> stdout.append(new String(b, at, n, UTF_8)));
        }
        if (config.streams().stderr().getClass() == empty.streams().stderr().getClass()) {
            observed =
                    observed.withStderr((b, at, n) -> stderr.append(new String(b, at, n, UTF_8)));
        }
        return observed;
    }

    public Wasi wasi() {
        return wasi;
    }

    public Instance instance() {
        return instance;
    }

    public Memory memory() {
        return instance.memory();
    }

    /** Calls the function that has a name and as many parameters, and gives its answer. */
    @SuppressWarnings("exports")
    public Errno call(String name, long... arguments) {
        log.append("--> ").append(name).append(described(name, arguments)).append('\n');
        HostFunction function =
                wasi.allHostFunctions().stream()
                        .filter(each -> each.name().equals(name))
                        .filter(each -> each.paramTypes().size() == arguments.length)
                        .findFirst()
                        .orElseThrow();
        long[] results = function.handle().apply(instance, arguments);
        Errno errno = Errno.values()[(int) results[0]];
        log.append("<-- E").append(errno).append('\n');
        return errno;
    }

    private static String described(String name, long[] arguments) {
        List<String> names =
                Witx.functions().stream()
                        .filter(each -> each.name().equals(name))
                        .filter(each -> each.parameters().size() == arguments.length)
                        .flatMap(each -> each.parameters().stream())
                        .map(Witx.Parameter::name)
                        .toList();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            texts.add((names.isEmpty() ? "" : names.get(i) + "=") + arguments[i]);
        }
        return "(" + String.join(", ", texts) + ")";
    }

    /** Calls and answers so far. */
    public String log() {
        return log.toString();
    }

    /** What calls were charged for: name and bytes. */
    public List<String> charges() {
        return charges;
    }

    public String stdout() {
        return stdout.toString();
    }

    public String stderr() {
        return stderr.toString();
    }

    /** Memory as text, one character for each byte. */
    public String text(int from, int to) {
        return new String(memory().readBytes(from, to - from), ISO_8859_1);
    }

    /** All of memory. */
    public byte[] everything() {
        return memory().readBytes(0, MEMORY_BYTES);
    }

    /** Writes text to memory. */
    public TestGuest put(int address, String text) {
        memory().write(address, text.getBytes(UTF_8));
        return this;
    }

    /** Writes a list of buffers: address, length, address, length and so on. */
    public TestGuest putVectors(int address, int... values) {
        for (int i = 0; i < values.length; i++) {
            memory().writeI32(address + 4 * i, values[i]);
        }
        return this;
    }

    /** Fills a range with zeros. */
    public TestGuest zero(int from, int to) {
        byte[] zeros = new byte[to - from];
        Arrays.fill(zeros, (byte) 0);
        memory().write(from, zeros);
        return this;
    }
}

package dev.cordon.wasi;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import dev.cordon.wasi.audit.AccessDecision.Use;
import dev.cordon.wasi.audit.UseApproval;
import dev.cordon.wasi.fs.Mount;
import dev.cordon.wasi.limit.Ledger;
import dev.cordon.wasi.limit.Traffic;
import dev.cordon.wasi.net.LentListener;
import dev.cordon.wasi.net.NetworkDoor;
import dev.cordon.wasi.preview1.Host;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration lets the functions reach, and nothing else.
 *
 * <p>Remembers what the embedder's objects threw, since only that may leave a host function.
 */
final class ConfiguredHost implements Host {
    private final WasiConfig config;
    private final List<byte[]> arguments;
    private final List<byte[]> environment;
    private @Nullable RuntimeException thrown;

    ConfiguredHost(WasiConfig config) {
        this.config = config;
        this.arguments = config.arguments().stream().map(ConfiguredHost::terminated).toList();
        this.environment =
                config.environment().entrySet().stream()
                        .map(entry -> terminated(entry.getKey() + "=" + entry.getValue()))
                        .toList();
    }

    private static byte[] terminated(String text) {
        return (text + '\0').getBytes(UTF_8);
    }

    @Override
    public List<byte[]> arguments() {
        return arguments;
    }

    @Override
    public List<byte[]> environment() {
        return environment;
    }

    @Override
    public void charge(Instance instance, String function, long bytes) {
        tell(() -> config.ports().meter().charge(instance, function, bytes));
    }

    @Override
    public void check(Instance instance) {
        tell(() -> config.ports().checkpoint().check(instance));
    }

    @Override
    public long nanosLeft(Instance instance) {
        return ask(() -> config.ports().checkpoint().nanosLeft(instance));
    }

    @Override
    public long realtime() {
        return ask(() -> config.clock().realtimeNanos());
    }

    @Override
    public long monotonic() {
        return ask(() -> config.clock().monotonicNanos());
    }

    @Override
    public long clockPrecision() {
        return Math.max(1, ask(() -> config.clock().precisionNanos()));
    }

    @Override
    public void random(byte[] target, int offset, int length) {
        tell(() -> config.random().fill(target, offset, length));
    }

    @Override
    public long inputReady() throws IOException {
        return ask(() -> config.streams().stdin().ready());
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return ask(() -> config.streams().stdin().read(target, offset, length));
    }

    @Override
    public void write(int descriptor, byte[] source, int offset, int length) throws IOException {
        WasiStreams streams = config.streams();
        GuestOutput output = descriptor == 1 ? streams.stdout() : streams.stderr();
        tell(() -> output.write(source, offset, length));
    }

    @Override
    public void read(Memory memory, int address, byte[] target, int offset, int length) {
        if (memory instanceof BulkMemory bulk) {
            bulk.readInto(address, target, offset, length);
        } else {
            System.arraycopy(memory.readBytes(address, length), 0, target, offset, length);
        }
    }

    @Override
    public byte @Nullable [] array(Memory memory) {
        return memory instanceof BulkMemory bulk ? bulk.array() : null;
    }

    @Override
    public List<Mount> mounts() {
        return config.doors().preopens().stream().map(Preopen::mount).toList();
    }

    @Override
    public List<LentListener> listeners() {
        return config.doors().listeners().stream().map(GuestListener::lent).toList();
    }

    @Override
    public NetworkDoor network() {
        return config.doors().network().door();
    }

    @Override
    public Ledger ledger() {
        return config.ledger();
    }

    @Override
    public Ledger ledger(Mount mount) {
        for (Preopen preopen : config.doors().preopens()) {
            if (preopen.mount() == mount) {
                return preopen.ledger().orElse(config.ledger());
            }
        }
        return config.ledger();
    }

    @Override
    public void moved(Traffic traffic, boolean inbound, long bytes) {
        tell(() -> config.ports().meter().moved(traffic, inbound, bytes));
    }

    @Override
    public void decided(String function, Use use, String subject, boolean allowed, String reason) {
        tell(() -> config.ports().audit().decided(function, use, subject, allowed, reason));
    }

    @Override
    public boolean hasApproval() {
        return config.ports().approval() != UseApproval.NONE;
    }

    @Override
    public boolean approves(String function, Use use, String subject, boolean byRule) {
        return ask(() -> config.ports().approval().approves(function, use, subject, byRule));
    }

    @Override
    public void closed() {
        tell(() -> config.ports().audit().flush());
    }

    @Override
    public RuntimeException exit(int status) {
        GuestExit exit = new GuestExit(status);
        thrown = exit;
        return exit;
    }

    @Override
    public boolean threw(RuntimeException failure) {
        return failure == thrown;
    }

    @Override
    public void failed(String function, Throwable failure) {
        tell(() -> config.ports().listener().failed(function, failure));
    }

    /** A question to the embedder. */
    @FunctionalInterface
    private interface Question<T, X extends Exception> {
        T answer() throws X;
    }

    /** Word to the embedder. */
    @FunctionalInterface
    private interface Message<X extends Exception> {
        void deliver() throws X;
    }

    private <T, X extends Exception> T ask(Question<T, X> question) throws X {
        try {
            return question.answer();
        } catch (RuntimeException e) {
            thrown = e;
            throw e;
        }
    }

    private <X extends Exception> void tell(Message<X> message) throws X {
        try {
            message.deliver();
        } catch (RuntimeException e) {
            thrown = e;
            throw e;
        }
    }
}

package dev.cordon.trust.store;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestText;
import dev.cordon.trust.crypto.Rejection;
import dev.cordon.trust.statement.JsonObject;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what was seen over restarts, in one file that is replaced as a whole. Safe for any number
 * of threads and processes. A file that cannot be read is a refusal, never a fresh start.
 */
public final class TrustStateFile {
    private static final int MAX_BYTES = 16 << 20;
    private static final String NAME = "trust-state.json";
    private static final JsonMapper JSON = new JsonMapper();

    /** The lock of a file keeps other processes out, and threads of this one only by failing. */
    private static final Object THIS_PROCESS = new Object();

    private final @Nullable Path folder;
    private TrustState memory = new TrustState();

    /**
     * Names the place.
     *
     * @param folder where the file is or will be; without one, what was seen is forgotten when the
     *     process ends
     */
    public TrustStateFile(Optional<Path> folder) {
        this.folder = folder.orElse(null);
    }

    /**
     * What was seen until now.
     *
     * @return a copy
     * @throws Rejection if the file cannot be read
     */
    public synchronized TrustState current() {
        if (folder == null) {
            return new TrustState(memory);
        }
        try {
            return read(folder.resolve(NAME));
        } catch (IOException unreadable) {
            throw broken("cannot be read", unreadable);
        }
    }

    /**
     * Changes what was seen, with everybody else locked out.
     *
     * @param change gets what was seen and gives what is to be kept
     * @throws Rejection if the file cannot be read or written, or the change refuses
     */
    public synchronized void update(UnaryOperator<TrustState> change) {
        if (folder == null) {
            memory = change.apply(new TrustState(memory));
            return;
        }
        synchronized (THIS_PROCESS) {
            try {
                updateLocked(folder, change);
            } catch (IOException unwritable) {
                throw broken("cannot be written", unwritable);
            }
        }
    }

    private static void updateLocked(Path folder, UnaryOperator<TrustState> change)
            throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(NAME);
        try (FileChannel channel =
                        FileChannel.open(
                                folder.resolve(NAME + ".lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (!lock.isValid()) {
                throw new IOException("the lock was lost");
            }
            write(file, change.apply(read(file)));
        }
    }

    private Rejection broken(String how, IOException cause) {
        String why = GuestText.printable(String.valueOf(cause.getMessage()), 200);
        return new Rejection(
                ErrorCode.TRUST_STATE,
                "the record of releases in `" + folder + "` " + how + ": " + why);
    }

    private static TrustState read(Path file) throws IOException {
        if (Files.notExists(file)) {
            return new TrustState();
        }
        byte[] bytes = TrustFiles.read(file, MAX_BYTES);
        try {
            return parse(JsonObject.read(bytes, NAME));
        } catch (Rejection malformed) {
            throw new IOException(malformed.detail(), malformed);
        }
    }

    private static TrustState parse(JsonObject json) {
        json.knows("schema", "revocations", "plugins", "downgrades");
        if (json.number("schema").orElse(0L) != 1) {
            throw json.wrong("schema", "is not 1");
        }
        TrustState state = new TrustState();
        state.sawRevocations(json.number("revocations").orElse(0L));
        state.downgrades().addAll(json.texts("downgrades"));
        Optional<JsonObject> plugins = json.object("plugins");
        if (plugins.isPresent()) {
            for (Map.Entry<String, JsonObject> plugin : plugins.get().members().entrySet()) {
                for (Map.Entry<String, JsonObject> floor : plugin.getValue().members().entrySet()) {
                    JsonObject release = floor.getValue().knows("sequence", "version");
                    long sequence =
                            release.number("sequence")
                                    .orElseThrow(() -> release.wrong("sequence", "is missing"));
                    state.raise(
                            plugin.getKey(),
                            floor.getKey(),
                            new TrustState.Floor(sequence, release.required("version")));
                }
            }
        }
        return state;
    }

    private static void write(Path file, TrustState state) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("schema", 1);
        json.put("revocations", state.revocations());
        List.copyOf(state.downgrades()).forEach(json.putArray("downgrades")::add);
        ObjectNode plugins = json.putObject("plugins");
        state.all()
                .forEach(
                        (id, floors) -> {
                            ObjectNode plugin = plugins.putObject(id);
                            floors.forEach(
                                    (signer, floor) ->
                                            plugin.putObject(signer)
                                                    .put("sequence", floor.sequence())
                                                    .put("version", floor.version()));
                        });
        Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), NAME, ".new");
        try {
            Files.write(draft, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
            Files.move(
                    draft,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}

package dev.cordon.runtime;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Keeps compiled code in a folder, so that the next process need not compile it again.
 *
 * <p>Loading bytecode from a folder is running it. So each entry carries a code (HMAC-SHA-256) made
 * with a secret key that only this installation has, over the entry and its name; an entry that
 * does not agree is not used. The folder and the key are readable by their owner only. A cache that
 * cannot be written or read is no error: the module is compiled instead. What was not used for long
 * goes, and so does what is too much. Safe for any number of threads and processes.
 */
public final class CompileCache {
    private static final String MAC = "HmacSHA256";
    private static final int MAC_BYTES = 32;
    private static final int MAGIC = 0x434F5231;
    private static final long MAX_ENTRY_BYTES = 512L << 20;

    /** All entries together; some hundred plugins of ordinary size. */
    private static final long MAX_FOLDER_BYTES = 512L << 20;

    private final Path folder;
    private final CompileCacheSweep sweep;
    private final String variant;
    private final byte @Nullable [] secret;

    /**
     * Opens or makes a cache.
     *
     * @param folder where; it is made if it is missing
     * @param variant names the engine's version and its cost table; entries of others are not used
     */
    public CompileCache(Path folder, String variant) {
        this.folder = folder;
        this.sweep = new CompileCacheSweep(folder, MAX_FOLDER_BYTES);
        this.variant = variant + "|" + Runtime.version() + "|" + MAGIC;
        this.secret = openSecret(folder);
    }

    private static byte @Nullable [] openSecret(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
                ownerOnly(folder, "rwx------");
            }
            Path key = folder.resolve("secret.key");
            if (!Files.exists(key)) {
                createSecret(folder, key);
            }
            byte[] secret = Files.readAllBytes(key);
            return secret.length == MAC_BYTES ? secret : null;
        } catch (IOException | UnsupportedOperationException e) {
            return null; // no cache then; see the class comment
        }
    }

    private static void createSecret(Path folder, Path key) throws IOException {
        byte[] secret = new byte[MAC_BYTES];
        new SecureRandom().nextBytes(secret);
        Path draft =
                Files.createTempFile(
                        folder, "secret", CompileCacheSweep.DRAFT); // made for the owner only
        Files.write(draft, secret);
        try {
            Files.createLink(key, draft); // one of several processes wins, whole
        } catch (FileAlreadyExistsException e) {
            Files.delete(draft);
            return;
        } catch (UnsupportedOperationException e) {
            Files.move(draft, key);
            return;
        }
        Files.delete(draft);
    }

    private static void ownerOnly(Path path, String permissions) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }

    @Nullable GeneratedClasses load(String key) {
        if (secret == null) {
            return null;
        }
        try {
            Path file = file(key);
            if (!Files.isRegularFile(file) || Files.size(file) > MAX_ENTRY_BYTES) {
                return null;
            }
            byte[] entry = Files.readAllBytes(file);
            int length = entry.length - MAC_BYTES;
            if (length < 0) {
                return null;
            }
            byte[] expected = mac(key, entry, length);
            byte[] found = java.util.Arrays.copyOfRange(entry, length, entry.length);
            if (!MessageDigest.isEqual(expected, found)) {
                return null;
            }
            sweep.used(file);
            return decode(entry, length);
        } catch (IOException e) {
            return null; // as if it were not there; it is compiled again
        }
    }

    void store(String key, GeneratedClasses generated) {
        if (secret == null) {
            return;
        }
        try {
            byte[] body = encode(generated);
            Path draft = Files.createTempFile(folder, "entry", CompileCacheSweep.DRAFT);
            try {
                Files.write(draft, body, StandardOpenOption.TRUNCATE_EXISTING);
                Files.write(draft, mac(key, body, body.length), StandardOpenOption.APPEND);
                Files.move(draft, file(key), StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
            sweep.run();
        } catch (IOException e) {
            return; // nothing is lost but time; see the class comment
        }
    }

    private Path file(String key) {
        byte[] name = mac(key, new byte[0], 0);
        return folder.resolve(HexFormat.of().formatHex(name, 0, 20) + CompileCacheSweep.ENTRY);
    }

    private byte[] mac(String key, byte[] data, int length) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(java.util.Objects.requireNonNull(secret), MAC));
            mac.update((variant + "|" + key + "|").getBytes(StandardCharsets.UTF_8));
            mac.update(data, 0, length);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has " + MAC, e);
        }
    }

    private static byte[] encode(GeneratedClasses generated) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            byte[] interpreted = generated.interpreted().toByteArray();
            out.writeInt(interpreted.length);
            out.write(interpreted);
            out.writeInt(generated.classes().size());
            for (Map.Entry<String, byte[]> entry : generated.classes().entrySet()) {
                out.writeUTF(entry.getKey());
                out.writeInt(entry.getValue().length);
                out.write(entry.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static @Nullable GeneratedClasses decode(byte[] entry, int length) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(entry, 0, length));
        if (in.readInt() != MAGIC) {
            return null;
        }
        BitSet interpreted = BitSet.valueOf(in.readNBytes(in.readInt()));
        Map<String, byte[]> classes = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            String name = in.readUTF();
            classes.put(name, in.readNBytes(in.readInt()));
        }
        return new GeneratedClasses(classes, interpreted);
    }
}

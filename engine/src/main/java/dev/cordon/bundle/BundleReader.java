package dev.cordon.bundle;

import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestText;
import dev.cordon.error.MalformedBundleException;
import dev.cordon.manifest.ManifestReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Reads plugins into memory, within bounds. */
public final class BundleReader {
    /** Largest module accepted, so that a file cannot exhaust the heap before it is checked. */
    public static final int MAX_MODULE_BYTES = 64 << 20;

    private static final String MODULE_SUFFIX = ".wasm";
    private static final String MANIFEST_SUFFIX = ".cordon.json";
    private static final String CMS_SUFFIX = ".p7s";
    private static final String MINISIGN_SUFFIX = ".minisig";

    /** Largest signature beside a module; certificates and timestamps fit many times. */
    private static final int MAX_SIGNATURE_BYTES = 256 * 1024;

    private static final int MAX_NAME = 200;

    private BundleReader() {}

    /**
     * Reads a plugin's file, and the manifest and signatures beside it, each once.
     *
     * @param file a regular file; beside {@code name.wasm}, {@code name.cordon.json} is its
     *     manifest, {@code name.wasm.p7s} and {@code name.wasm.minisig} are signatures
     * @return what was read
     * @throws MalformedBundleException if it cannot be read or is too large
     */
    public static PluginBundle read(Path file) {
        String name = nameOf(file);
        byte[] module = readBounded(file, name, "the module", MAX_MODULE_BYTES);
        return new PluginBundle(
                name,
                module,
                sidecar(file, name),
                signature(file, name, CMS_SUFFIX),
                signature(file, name, MINISIGN_SUFFIX));
    }

    /**
     * Takes a plugin that is in memory already.
     *
     * @param name what to call it, like a file's name
     * @param module its bytes, which are copied
     * @return a bundle without a manifest beside it
     * @throws MalformedBundleException if it is too large
     */
    public static PluginBundle of(String name, byte[] module) {
        String shown = GuestText.printable(name, MAX_NAME);
        if (module.length > MAX_MODULE_BYTES) {
            throw tooLarge(shown, "the module", MAX_MODULE_BYTES);
        }
        return new PluginBundle(shown, module.clone(), null, null, null);
    }

    /**
     * Reads a document about plugins.
     *
     * @param file a regular file
     * @param most the most bytes that it may have
     * @return its bytes
     * @throws MalformedBundleException if it cannot be read or is too large
     */
    public static byte[] readDocument(Path file, int most) {
        return readBounded(file, nameOf(file), "the document", most);
    }

    private static String nameOf(Path file) {
        Path last = file.getFileName();
        return GuestText.printable(last == null ? file.toString() : last.toString(), MAX_NAME);
    }

    private static byte @Nullable [] sidecar(Path file, String name) {
        Path last = file.getFileName();
        if (last == null || !last.toString().endsWith(MODULE_SUFFIX)) {
            return null;
        }
        String module = last.toString();
        String stem = module.substring(0, module.length() - MODULE_SUFFIX.length());
        Path manifest = file.resolveSibling(stem + MANIFEST_SUFFIX);
        if (Files.notExists(manifest)) {
            return null;
        }
        return readBounded(manifest, name, "the manifest beside it", ManifestReader.MAX_BYTES);
    }

    private static byte @Nullable [] signature(Path file, String name, String suffix) {
        Path last = file.getFileName();
        if (last == null) {
            return null;
        }
        Path signature = file.resolveSibling(last + suffix);
        return Files.notExists(signature)
                ? null
                : readBounded(signature, name, "the signature beside it", MAX_SIGNATURE_BYTES);
    }

    private static byte[] readBounded(Path file, String name, String what, int most) {
        try {
            // Opening a pipe would block and a device may never end, so only regular files pass.
            if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
                throw unreadable(name, what, "is not a regular file", null);
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(most + 1); // the file may be longer than it said
                if (bytes.length > most) {
                    throw tooLarge(name, what, most);
                }
                return bytes;
            }
        } catch (NoSuchFileException missing) {
            throw unreadable(name, what, "does not exist", missing);
        } catch (AccessDeniedException denied) {
            throw unreadable(name, what, "may not be read by this process", denied);
        } catch (IOException broken) {
            throw unreadable(name, what, "cannot be read: " + broken.getMessage(), broken);
        }
    }

    private static CordonException unreadable(
            String name, String what, String why, @Nullable IOException cause) {
        return new MalformedBundleException(
                ErrorCode.UNREADABLE,
                name,
                what + " " + why,
                "name a `.wasm` file that exists and that this process may read",
                cause);
    }

    private static CordonException tooLarge(String name, String what, int most) {
        return new MalformedBundleException(
                ErrorCode.BUNDLE_TOO_LARGE,
                name,
                what + " has more than " + most + " bytes",
                "strip debug information, or split the plugin");
    }
}

package dev.cordon.wasm;

import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.SectionId;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestText;
import dev.cordon.error.InvalidModuleException;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Lets Chicory parse and validate a module that {@link ModuleReader} found harmless. */
public final class ModuleValidator {
    private static final int MAX_MESSAGE = 200;
    private static final int LAST_SECTION_ID = SectionId.TAG;

    private ModuleValidator() {}

    /**
     * Validates a module as it was signed, before anything is added to it.
     *
     * <p>Custom sections are left out: Chicory takes time that grows with the square of a {@code
     * name} section.
     *
     * @param plugin the plugin's id or file name, for messages
     * @param bytes the bytes that {@code outline} was read from; kept, not copied
     * @param outline what is in them
     * @return the module, parsed
     * @throws InvalidModuleException if Chicory refuses the module or runs out of memory on it
     */
    public static ValidModule validate(String plugin, byte[] bytes, ModuleOutline outline) {
        return new ValidModule(plugin, bytes, sha256(bytes), outline, parse(plugin, bytes));
    }

    /**
     * Refuses a module that imports something else than functions, which is all a host offers.
     *
     * @param plugin the plugin's id or file name, for messages
     * @param outline what is in the module
     * @throws InvalidModuleException naming the first such import
     */
    public static void requireOnlyFunctionImports(String plugin, ModuleOutline outline) {
        for (ImportedItem item : outline.imports()) {
            if (item.kind() != ExternKind.FUNCTION) {
                throw new InvalidModuleException(
                        ErrorCode.UNKNOWN_IMPORT,
                        plugin,
                        "imports the "
                                + item.kind().displayName()
                                + " `"
                                + item.label()
                                + "`, but the host offers functions only",
                        "let the plugin define its own memory, tables, globals and tags, for"
                                + " example by linking without `--import-memory`");
            }
        }
    }

    private static WasmModule parse(String plugin, byte[] bytes) {
        Parser.Builder parser = Parser.builder().withValidation(true);
        for (int id = SectionId.TYPE; id <= LAST_SECTION_ID; id++) {
            parser.includeSectionId(id);
        }
        try {
            return parser.build().parse(() -> new ByteArrayInputStream(bytes));
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError e) {
            throw refused(plugin, e);
        }
    }

    private static InvalidModuleException refused(String plugin, Throwable cause) {
        String said = cause.getMessage();
        String line = said == null ? cause.getClass().getSimpleName() : firstLine(said);
        return new InvalidModuleException(
                ErrorCode.INVALID_MODULE,
                plugin,
                "the runtime refuses the module: " + GuestText.printable(line, MAX_MESSAGE),
                "rebuild it with an up-to-date toolchain; `wasm-validate` may show the same fault",
                cause instanceof Error ? null : cause);
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    private static String sha256(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}

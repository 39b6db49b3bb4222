package dev.cordon.wasm;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.MalformedBundleException;
import java.util.Set;

/**
 * Reads a module of a stranger, in time and memory that grow with its bytes only, before any other
 * code sees it.
 *
 * <p>It walks every instruction and checks them all as the specification's validation algorithm
 * does, stops at the first fault, and refuses what {@link ModuleLimits} or the profile leaves out.
 */
public final class ModuleReader {
    private static final String[] SECTIONS = {
        "custom", "type", "import", "function", "table", "memory", "global",
        "export", "start", "element", "code", "data", "data count", "tag"
    };

    /** The place of each section id in a module; they must ascend. */
    private static final int[] ORDER = {0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 12, 13, 11, 6};

    private static final Set<String> UNIQUE = Set.of("name", "signature", ".dep-v0");
    private static final String OWN_PREFIX = "cordon.";

    private final ByteCursor in;
    private final Refusals refusals;
    private final ModuleSpace space = new ModuleSpace();
    private final DeclarationReader declarations;
    private final SegmentReader segments;
    private final CodeReader code;
    private int customBytes;
    private int bodies;
    private int dataSegments;

    private ModuleReader(String plugin, byte[] bytes, ModuleVisitor visitor) {
        refusals = new Refusals(plugin, bytes);
        in = new ByteCursor(bytes, refusals);
        OperandSteps steps = new OperandSteps(refusals, bytes.length);
        ConstantReader constants = new ConstantReader(in, refusals, space, steps);
        declarations = new DeclarationReader(in, refusals, space, constants);
        segments = new SegmentReader(in, refusals, space, constants, steps, visitor);
        code = new CodeReader(in, refusals, space, steps, visitor);
    }

    /**
     * Reads and checks a module.
     *
     * @param plugin the plugin's id or file name, for messages
     * @param bytes the whole file; not changed and not kept
     * @return what is in it
     * @throws MalformedBundleException if the bytes are no WebAssembly module
     * @throws dev.cordon.error.InvalidModuleException if the module is not valid, is beyond a bound
     *     or uses a proposal that is not supported
     */
    public static ModuleOutline read(String plugin, byte[] bytes) {
        return read(plugin, bytes, ModuleVisitor.NONE);
    }

    /**
     * Reads and checks a module, and tells somebody what is in its code and segments.
     *
     * @param plugin the plugin's id or file name, for messages
     * @param bytes the whole file; not changed and not kept
     * @param visitor told of each instruction and segment once it was found valid
     * @return what is in it
     * @throws MalformedBundleException if the bytes are no WebAssembly module
     * @throws dev.cordon.error.InvalidModuleException if the module is not valid, is beyond a bound
     *     or uses a proposal that is not supported
     */
    public static ModuleOutline read(String plugin, byte[] bytes, ModuleVisitor visitor) {
        if (bytes.length > ModuleLimits.MAX_MODULE_BYTES) {
            throw new MalformedBundleException(
                    ErrorCode.BUNDLE_TOO_LARGE,
                    plugin,
                    "the module has "
                            + bytes.length
                            + " bytes, and at most "
                            + ModuleLimits.MAX_MODULE_BYTES
                            + " are allowed",
                    "strip it of debug information, for example with `wasm-strip`");
        }
        Preamble.check(plugin, bytes);
        return new ModuleReader(plugin, bytes, visitor).module();
    }

    private ModuleOutline module() {
        int end = in.end();
        in.moveTo(Preamble.SIZE);
        int place = 0;
        while (!in.atEnd()) {
            int start = in.position();
            refusals.enterSection("");
            int id = in.u8();
            if (id >= SECTIONS.length) {
                throw refusals.malformed("there is no section of the kind " + id, start);
            }
            refusals.enterSection(SECTIONS[id]);
            long size = in.u32();
            if (size > in.left()) {
                throw refusals.malformed(
                        "it has " + size + " bytes, but the file ends before", start);
            }
            if (id != 0 && ORDER[id] <= place) {
                throw refusals.malformed("it comes twice, or after one that must follow it", start);
            }
            place = id == 0 ? place : ORDER[id];
            section(id, (int) size);
            in.endAt(end);
        }
        refusals.enterSection("");
        return finish(end);
    }

    private void section(int id, int size) {
        in.endAt(in.position() + size);
        switch (id) {
            case 0 -> custom(size);
            case 1 -> declarations.types();
            case 2 -> declarations.imports();
            case 3 -> declarations.functions();
            case 4 -> declarations.tables();
            case 5 -> declarations.memories();
            case 6 -> declarations.globals();
            case 7 -> declarations.exports();
            case 8 -> declarations.start();
            case 9 -> segments.elements();
            case 10 -> bodies = code.bodies();
            case 11 -> dataSegments = segments.data();
            case 12 -> space.dataCount = in.index();
            default -> declarations.tags();
        }
        if (!in.atEnd()) {
            throw refusals.malformed("it has " + in.left() + " bytes too many", in.position());
        }
    }

    private void custom(int size) {
        customBytes += size;
        if (customBytes > ModuleLimits.MAX_CUSTOM_BYTES) {
            throw refusals.limit(
                    "more than " + ModuleLimits.MAX_CUSTOM_BYTES + " bytes of custom sections",
                    "strip the module of debug information, for example with `wasm-strip`");
        }
        if (space.customSections.size() == ModuleLimits.MAX_CUSTOM_SECTIONS) {
            int most = ModuleLimits.MAX_CUSTOM_SECTIONS;
            throw refusals.tooMany(most + 1L, "custom sections", most);
        }
        int start = in.position();
        String name = in.name("the section");
        if ((UNIQUE.contains(name) || name.startsWith(OWN_PREFIX)) && seen(name)) {
            throw refusals.malformed("there are two of the name `" + shown(name) + "`", start);
        }
        space.customSections.add(new CustomSection(name, in.position(), in.left()));
        in.skip(in.left());
    }

    private boolean seen(String name) {
        return space.customSections.stream().anyMatch(it -> it.name().equals(name));
    }

    private static String shown(String name) {
        return dev.cordon.error.GuestText.printable(name, 100);
    }

    private ModuleOutline finish(int end) {
        if (bodies != space.definedFunctions()) {
            throw refusals.malformed(
                    "it declares "
                            + space.definedFunctions()
                            + " functions and has "
                            + bodies
                            + " bodies",
                    end);
        }
        if (space.dataCount >= 0 && dataSegments != space.dataCount) {
            throw refusals.malformed(
                    "it declares " + space.dataCount + " data segments and has " + dataSegments,
                    end);
        }
        return new ModuleOutline(space);
    }
}

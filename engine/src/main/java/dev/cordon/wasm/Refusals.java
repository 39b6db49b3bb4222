package dev.cordon.wasm;

import com.dylibso.chicory.wasm.types.OpCode;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestText;
import dev.cordon.error.InvalidModuleException;
import dev.cordon.error.MalformedBundleException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Knows which place of which module is being read, and makes the errors that name it. */
final class Refusals {
    private static final int BULK_PREFIX = 0xfc;
    private static final Pattern NAMESPACE =
            Pattern.compile("^([if](?:32|64)|local|global|table|memory|data|elem|ref)_");
    private static final int MAX_NAME_SHOWN = 120;
    private static final String REBUILD =
            "check that the file was copied whole, and rebuild it if it was";
    private static final String REPORT =
            "rebuild it with an up-to-date toolchain; `wasm-validate` shows the same fault";
    private static final String SPLIT = "split the plugin, or leave out what it does not need";

    private final String plugin;
    private final byte[] module;
    private String section = "";
    private int function = -1;
    private int instructionOffset;

    Refusals(String plugin, byte[] module) {
        this.plugin = plugin;
        this.module = module;
    }

    void enterSection(String name) {
        section = name;
        function = -1;
    }

    /** From now on errors name this function, by its index with imported functions first. */
    void enterFunction(int index) {
        function = index;
    }

    void atInstruction(int offset) {
        instructionOffset = offset;
    }

    /** The bytes break the binary format. */
    MalformedBundleException malformed(String what, int offset) {
        return new MalformedBundleException(
                ErrorCode.MALFORMED_MODULE, plugin, where() + what + at(offset), REBUILD);
    }

    /** The bytes keep to the format and break a rule of validation. */
    InvalidModuleException invalid(String what) {
        String place = function < 0 ? "" : ", in `" + instruction() + "`" + at(instructionOffset);
        return new InvalidModuleException(
                ErrorCode.INVALID_MODULE, plugin, where() + what + place, REPORT);
    }

    /** The module is larger than a bound of {@link ModuleLimits}. */
    InvalidModuleException limit(String what) {
        return limit(what, SPLIT);
    }

    InvalidModuleException limit(String what, String help) {
        return new InvalidModuleException(ErrorCode.MODULE_LIMIT, plugin, where() + what, help);
    }

    /** There are more of something than a bound of {@link ModuleLimits} allows. */
    InvalidModuleException tooMany(long count, String things, long most) {
        return limit(count + " " + things + " are more than the " + most + " that are allowed");
    }

    InvalidModuleException unsupported(Proposal proposal) {
        String place = function < 0 ? "" : at(instructionOffset);
        return new InvalidModuleException(
                ErrorCode.UNSUPPORTED_PROPOSAL,
                plugin,
                where()
                        + "the module uses the "
                        + proposal.displayName()
                        + " proposal, which is not supported"
                        + place,
                proposal.advice());
    }

    private String where() {
        if (function >= 0) {
            String name = FunctionNames.find(module, function);
            String shown =
                    name.isEmpty() ? "" : " `" + GuestText.printable(name, MAX_NAME_SHOWN) + "`";
            return "function " + function + shown + ": ";
        }
        return section.isEmpty() ? "" : section + " section: ";
    }

    /** The name of the instruction that is being read, as the specification writes it. */
    private String instruction() {
        int opcode = module[instructionOffset] & 0xff;
        if (opcode == BULK_PREFIX) {
            opcode = (opcode << 8) | (module[instructionOffset + 1] & 0xff);
        }
        OpCode known = OpCode.byOpCode(opcode);
        String name = known == null ? "0x" + Integer.toHexString(opcode) : known.name();
        return NAMESPACE.matcher(name.toLowerCase(Locale.ROOT)).replaceFirst("$1.");
    }

    private static String at(int offset) {
        return ", at byte 0x" + Integer.toHexString(offset);
    }
}

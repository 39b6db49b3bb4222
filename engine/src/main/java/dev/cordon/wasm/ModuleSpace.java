package dev.cordon.wasm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was read of a module so far: its index spaces. Filled section by section, then frozen. */
final class ModuleSpace {
    final List<Signature> types = new ArrayList<>();
    final List<ImportedItem> imports = new ArrayList<>();
    final List<ExportedItem> exports = new ArrayList<>();
    final List<DeclaredTable> tables = new ArrayList<>();
    final List<CustomSection> customSections = new ArrayList<>();
    final Set<Proposal> proposals = EnumSet.noneOf(Proposal.class);

    /** Functions that a body may refer to: those that something outside the bodies names. */
    final BitSet referable = new BitSet();

    @Nullable DeclaredSize memory;
    final ByteList tableTypes = new ByteList();
    final ByteList globalTypes = new ByteList();
    final BitSet mutableGlobals = new BitSet();
    int importedGlobals;
    final List<Signature> tags = new ArrayList<>();
    final ByteList elementTypes = new ByteList();
    int importedFunctions;
    int dataCount = -1;
    boolean hasStart;
    int startFunction = -1;
    int codeOffset;
    int codeSize;
    FunctionBodies bodies = FunctionBodies.NONE;

    private int[] functionTypes = new int[64];
    private int functions;

    void addFunction(int type) {
        if (functions == functionTypes.length) {
            functionTypes = Arrays.copyOf(functionTypes, 2 * functions);
        }
        functionTypes[functions++] = type;
    }

    int functions() {
        return functions;
    }

    int definedFunctions() {
        return functions - importedFunctions;
    }

    Signature signature(int function) {
        return types.get(functionTypes[function]);
    }

    int[] typeOfFunction() {
        return Arrays.copyOf(functionTypes, functions);
    }

    int globals() {
        return globalTypes.size();
    }

    /** Value types in a row. */
    static final class ByteList {
        private byte[] items = new byte[16];
        private int size;

        void add(byte item) {
            if (size == items.length) {
                items = Arrays.copyOf(items, 2 * size);
            }
            items[size++] = item;
        }

        byte get(int index) {
            return items[index];
        }

        int size() {
            return size;
        }
    }
}

package dev.cordon.wasm;

import dev.cordon.error.GuestText;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/** Reads the sections that declare things: all but code, elements, data and custom ones. */
final class DeclarationReader {
    private static final int MAX_NAME_SHOWN = 100;

    private final ByteCursor in;
    private final Refusals refusals;
    private final ModuleSpace space;
    private final ConstantReader constants;
    private int memories;

    DeclarationReader(
            ByteCursor in, Refusals refusals, ModuleSpace space, ConstantReader constants) {
        this.in = in;
        this.refusals = refusals;
        this.space = space;
        this.constants = constants;
    }

    void types() {
        int count = in.count(3, "types", ModuleLimits.MAX_TYPES);
        for (int i = 0; i < count; i++) {
            int start = in.position();
            int form = in.u8();
            switch (form) {
                case 0x60 -> space.types.add(signature());
                case 0x4e, 0x4f, 0x50, 0x5e, 0x5f -> throw refusals.unsupported(Proposal.GC);
                case 0x5d -> throw refusals.unsupported(Proposal.STACK_SWITCHING);
                default ->
                        throw refusals.malformed(
                                "0x" + ByteCursor.hex(form) + " is no type", start);
            }
        }
    }

    private Signature signature() {
        byte[] parameters = valueTypes("parameters of a type", ModuleLimits.MAX_PARAMETERS);
        byte[] results = valueTypes("results of a type", ModuleLimits.MAX_RESULTS);
        if (results.length > 1) {
            space.proposals.add(Proposal.MULTI_VALUE);
        }
        return new Signature(parameters, results);
    }

    private byte[] valueTypes(String things, int most) {
        byte[] types = new byte[in.count(1, things, most)];
        for (int i = 0; i < types.length; i++) {
            types[i] = in.valueType();
            noteReference(types[i]);
        }
        return types.length == 0 ? Signature.NONE : types;
    }

    private void noteReference(byte type) {
        if (type == ValueTypes.EXNREF) {
            space.proposals.add(Proposal.EXCEPTIONS);
        } else if (ValueTypes.reference(type)) {
            space.proposals.add(Proposal.REFERENCE_TYPES);
        }
    }

    void imports() {
        int count = in.count(4, "imports", ModuleLimits.MAX_IMPORTS);
        for (int i = 0; i < count; i++) {
            String module = in.name("an import");
            String name = in.name("an import");
            ExternKind kind = kind();
            String type = importedType(kind);
            space.imports.add(new ImportedItem(module, name, kind, type));
        }
        space.importedGlobals = space.globals();
    }

    private ExternKind kind() {
        int start = in.position();
        int kind = in.u8();
        if (kind >= ExternKind.values().length) {
            throw refusals.malformed(kind + " is no kind of import or export", start);
        }
        return ExternKind.values()[kind];
    }

    private String importedType(ExternKind kind) {
        return switch (kind) {
            case FUNCTION -> {
                int type = typeIndex();
                space.addFunction(type);
                space.importedFunctions++;
                yield space.types.get(type).toString();
            }
            case TABLE -> {
                table(in.referenceType());
                yield space.tables.get(space.tables.size() - 1).type();
            }
            case MEMORY -> {
                memory();
                yield "memory";
            }
            case GLOBAL -> globalType();
            case TAG -> tag().toString();
        };
    }

    private int typeIndex() {
        int type = in.index();
        if (type >= space.types.size()) {
            throw refusals.invalid("there is no type " + type);
        }
        return type;
    }

    void functions() {
        int count = in.count(1, "functions", ModuleLimits.MAX_FUNCTIONS);
        for (int i = 0; i < count; i++) {
            space.addFunction(typeIndex());
        }
    }

    void tables() {
        int count = in.count(3, "tables", ModuleLimits.MAX_TABLES);
        for (int i = 0; i < count; i++) {
            int start = in.position();
            if (in.u8() == 0x40) {
                throw refusals.unsupported(Proposal.FUNCTION_REFERENCES);
            }
            in.moveTo(start);
            table(in.referenceType());
        }
    }

    private void table(byte type) {
        DeclaredSize size = limits("elements", Proposal.MEMORY64);
        if (size.minimum() > ModuleLimits.MAX_TABLE_ELEMENTS) {
            throw refusals.tooMany(
                    size.minimum(), "elements of a table", ModuleLimits.MAX_TABLE_ELEMENTS);
        }
        space.tables.add(new DeclaredTable(ValueTypes.name(type), size));
        space.tableTypes.add(type);
        if (space.tables.size() > 1 || type != ValueTypes.FUNCREF) {
            space.proposals.add(Proposal.REFERENCE_TYPES);
        }
        if (space.tables.size() > ModuleLimits.MAX_TABLES) {
            throw refusals.tooMany(space.tables.size(), "tables", ModuleLimits.MAX_TABLES);
        }
    }

    void memories() {
        int count = in.count(2, "memories", ModuleLimits.MAX_IMPORTS);
        for (int i = 0; i < count; i++) {
            memory();
        }
    }

    private void memory() {
        if (++memories > 1) {
            throw refusals.unsupported(Proposal.MULTI_MEMORY);
        }
        DeclaredSize size = limits("pages", Proposal.MEMORY64);
        long most = Math.max(size.minimum(), size.maximum().orElse(0));
        if (most > ModuleLimits.MAX_PAGES) {
            throw refusals.invalid(
                    most
                            + " pages are more than the "
                            + ModuleLimits.MAX_PAGES
                            + " that a memory can have");
        }
        if (size.minimum() > ModuleLimits.MAX_INITIAL_PAGES) {
            throw refusals.limit(
                    "a memory that starts with "
                            + size.minimum()
                            + " pages, and at most "
                            + ModuleLimits.MAX_INITIAL_PAGES
                            + " are allowed",
                    "let it start with less and grow");
        }
        space.memory = size;
    }

    private DeclaredSize limits(String unit, Proposal sixtyFour) {
        int start = in.position();
        int flags = in.u8();
        if (flags > 0x0f) {
            throw refusals.malformed("0x" + ByteCursor.hex(flags) + " are no limits", start);
        }
        if ((flags & 8) != 0) {
            throw refusals.unsupported(Proposal.CUSTOM_PAGE_SIZES);
        }
        if ((flags & 4) != 0) {
            throw refusals.unsupported(sixtyFour);
        }
        if ((flags & 2) != 0) {
            throw refusals.unsupported(Proposal.THREADS);
        }
        long minimum = in.u32();
        OptionalLong maximum = flags == 1 ? OptionalLong.of(in.u32()) : OptionalLong.empty();
        if (maximum.isPresent() && maximum.getAsLong() < minimum) {
            throw refusals.invalid(
                    "a minimum of "
                            + minimum
                            + " "
                            + unit
                            + " is above the maximum of "
                            + maximum.getAsLong());
        }
        return new DeclaredSize(minimum, maximum);
    }

    void tags() {
        int count = in.count(2, "tags", ModuleLimits.MAX_TAGS);
        for (int i = 0; i < count; i++) {
            tag();
        }
    }

    private Signature tag() {
        space.proposals.add(Proposal.EXCEPTIONS);
        int start = in.position();
        if (in.u8() != 0) {
            throw refusals.malformed("a tag that is no exception", start);
        }
        Signature type = space.types.get(typeIndex());
        if (type.results().length > 0) {
            throw refusals.invalid("a tag has the type " + type + ", which has results");
        }
        space.tags.add(type);
        return type;
    }

    void globals() {
        int count = in.count(4, "globals", ModuleLimits.MAX_GLOBALS);
        for (int i = 0; i < count; i++) {
            int index = space.globals();
            globalType();
            constants.expression(space.globalTypes.get(index), index);
        }
    }

    private String globalType() {
        byte type = in.valueType();
        noteReference(type);
        int start = in.position();
        int mutable = in.u8();
        if (mutable > 1) {
            throw refusals.malformed("a global that is neither constant nor variable", start);
        }
        space.mutableGlobals.set(space.globals(), mutable == 1);
        space.globalTypes.add(type);
        return (mutable == 1 ? "mut " : "") + ValueTypes.name(type);
    }

    void exports() {
        int count = in.count(3, "exports", ModuleLimits.MAX_EXPORTS);
        Set<String> names = new HashSet<>();
        for (int i = 0; i < count; i++) {
            String name = in.name("an export");
            ExternKind kind = kind();
            int index = in.index();
            String shown = "`" + GuestText.printable(name, MAX_NAME_SHOWN) + "`";
            if (!names.add(name)) {
                throw refusals.invalid("there are two exports of the name " + shown);
            }
            if (index >= count(kind)) {
                String what = kind.displayName() + " " + index;
                throw refusals.invalid(
                        "the export " + shown + " is " + what + ", which there is not");
            }
            if (kind == ExternKind.FUNCTION) {
                space.referable.set(index);
            }
            if (kind == ExternKind.GLOBAL && space.mutableGlobals.get(index)) {
                space.proposals.add(Proposal.MUTABLE_GLOBALS);
            }
            space.exports.add(new ExportedItem(name, kind, index));
        }
    }

    private int count(ExternKind kind) {
        return switch (kind) {
            case FUNCTION -> space.functions();
            case TABLE -> space.tables.size();
            case MEMORY -> memories;
            case GLOBAL -> space.globals();
            case TAG -> space.tags.size();
        };
    }

    void start() {
        int function = in.index();
        if (function >= space.functions()) {
            throw refusals.invalid("there is no function " + function);
        }
        if (space.signature(function).size() > 0) {
            throw refusals.invalid(
                    "function "
                            + function
                            + " has the type "
                            + space.signature(function)
                            + ", but must take and give nothing");
        }
        space.hasStart = true;
        space.startFunction = function;
    }
}

package dev.cordon.runtime;

import com.dylibso.chicory.wasm.types.OpCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Numeric instructions by their result, and constants that are likely to matter. */
final class ExpressionGenerator {
    private static final String[] NAMES = {"i32", "i64", "f32", "f64"};

    /** An instruction and the kinds that it takes. */
    record Operation(String name, String takes) {}

    private static final List<List<Operation>> BY_RESULT = new ArrayList<>();

    static {
        for (int kind = 0; kind < 4; kind++) {
            BY_RESULT.add(new ArrayList<>());
        }
        for (OpCode op : OpCode.values()) {
            boolean numeric = op.opcode() >= 0x45 && op.opcode() <= 0xc4;
            if (numeric || op.name().contains("TRUNC_SAT_F") && !op.name().contains("x")) {
                add(op.name().toLowerCase(Locale.ROOT));
            }
        }
    }

    private ExpressionGenerator() {}

    private static void add(String name) {
        String own = name.substring(0, 3);
        String rest = name.substring(4);
        char kind = letter(own);
        int from = rest.replace("extend_8", "").replace("extend_16", "").indexOf("_i");
        int fromFloat = rest.indexOf("_f");
        boolean converts = !rest.startsWith("extend_8") && (from >= 0 || fromFloat >= 0);
        String takes = "" + kind + kind;
        if (converts) {
            takes = "" + letter(rest.substring(Math.max(from, fromFloat) + 1).substring(0, 3));
        } else if (rest.matches("eqz|clz|ctz|popcnt|abs|neg|ceil|floor|trunc|nearest|sqrt")
                || rest.matches("extend_?\\d+_s")) {
            takes = "" + kind;
        }
        boolean test = rest.matches("(eqz|eq|ne|lt|gt|le|ge)(_[su])?");
        String instruction = own + "." + rest;
        BY_RESULT.get(test ? 0 : index(kind)).add(new Operation(instruction, takes));
    }

    private static char letter(String name) {
        return ModuleGenerator.KINDS.charAt(List.of(NAMES).indexOf(name));
    }

    static int index(char kind) {
        return ModuleGenerator.KINDS.indexOf(kind);
    }

    static String name(char kind) {
        return NAMES[index(kind)];
    }

    static List<Operation> giving(char kind) {
        return BY_RESULT.get(index(kind));
    }

    static String constant(char kind, Random random) {
        String value =
                switch (kind) {
                    case 'i' -> "" + integer(random, 32);
                    case 'I' -> "" + integer(random, 64);
                    case 'f' -> floating(random, "0x7f800000", "0x80000000", "0x4f000000");
                    default ->
                            floating(
                                    random,
                                    "0x7ff0000000000000",
                                    "0x8000000000000000",
                                    "0x43e0000000000000");
                };
        return name(kind) + ".const " + value;
    }

    private static long integer(Random random, int bits) {
        long value =
                switch (random.nextInt(5)) {
                    case 0 -> random.nextInt(5) - 1L;
                    case 1 -> random.nextInt(70_000);
                    case 2 -> (1L << random.nextInt(bits)) - random.nextInt(2);
                    default -> random.nextLong();
                };
        return bits == 32 ? (int) value : value;
    }

    private static String floating(Random random, String... special) {
        return switch (random.nextInt(5)) {
            case 0 -> special[random.nextInt(special.length)];
            case 1 -> "" + random.nextInt(300);
            case 2 -> "" + (random.nextDouble() - 0.5) * 1e10;
            default -> "" + (float) random.nextGaussian();
        };
    }
}

package dev.cordon.runtime;

import com.dylibso.chicory.wasm.types.OpCode;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * A comparison whose result is about to be branched on, so that comparing and branching become one
 * JVM instruction instead of a number that is tested again.
 */
final class Conditions {
    /**
     * Up to JDK 17, C2 miscompiles some unsigned comparisons of ints when they are inlined, and
     * makes three ways of the others; they are made as comparisons of longs there.
     */
    static final boolean AS_LONGS = Runtime.version().feature() <= 17;

    private static final Map<OpCode, Conditions> TABLE = new EnumMap<>(OpCode.class);

    static {
        for (OpCode op : OpCode.values()) {
            Conditions condition = read(op);
            if (condition != null) {
                TABLE.put(op, condition);
            }
        }
    }

    private final char kind;
    private final int jump;
    private final boolean unsigned;
    private final boolean withZero;

    private Conditions(char kind, int jump, boolean unsigned, boolean withZero) {
        this.kind = kind;
        this.jump = jump;
        this.unsigned = unsigned;
        this.withZero = withZero;
    }

    /** The comparison that {@code op} is, or null. */
    static @Nullable Conditions of(OpCode op) {
        return TABLE.get(op);
    }

    private static @Nullable Conditions read(OpCode op) {
        String name = op.name();
        if (name.length() < 6 || name.charAt(3) != '_') {
            return null;
        }
        char kind = kind(name);
        String relation = name.substring(4);
        if (relation.equals("EQZ")) {
            return new Conditions(kind, Opcodes.IFEQ, false, true);
        }
        boolean unsigned = relation.endsWith("_U");
        if (relation.length() != 2 && !unsigned && !relation.endsWith("_S")) {
            return null;
        }
        int jump =
                relation.length() == 2 || relation.length() == 4
                        ? jump(relation.substring(0, 2))
                        : -1;
        if (jump < 0) {
            return null;
        }
        return new Conditions(kind, jump, unsigned, false);
    }

    private static char kind(String name) {
        if (name.startsWith("I32")) {
            return 'I';
        }
        if (name.startsWith("I64")) {
            return 'J';
        }
        return name.startsWith("F32") ? 'F' : 'D';
    }

    private static int jump(String relation) {
        switch (relation) {
            case "EQ":
                return Opcodes.IFEQ;
            case "NE":
                return Opcodes.IFNE;
            case "LT":
                return Opcodes.IFLT;
            case "GE":
                return Opcodes.IFGE;
            case "GT":
                return Opcodes.IFGT;
            case "LE":
                return Opcodes.IFLE;
            default:
                return -1;
        }
    }

    char kind() {
        return kind;
    }

    int operands() {
        return withZero ? 1 : 2;
    }

    /** Jumps to {@code target} if the comparison comes out as {@code wanted}. */
    void jump(MethodVisitor m, boolean wanted, Label target) {
        int instruction = wanted ? jump : negated(jump);
        switch (kind) {
            case 'I':
                if (withZero) {
                    m.visitJumpInsn(instruction, target);
                } else if (unsigned) {
                    unsigned(m, instruction, target);
                } else {
                    m.visitJumpInsn(instruction - Opcodes.IFEQ + Opcodes.IF_ICMPEQ, target);
                }
                return;
            case 'J':
                if (unsigned) {
                    Signatures.call(m, "java/lang/Long", "compareUnsigned", "(JJ)I");
                } else {
                    if (withZero) {
                        m.visitInsn(Opcodes.LCONST_0);
                    }
                    m.visitInsn(Opcodes.LCMP);
                }
                m.visitJumpInsn(instruction, target);
                return;
            default:
                // a comparison with NaN must come out false, whichever way the jump is written
                boolean less = jump == Opcodes.IFLT || jump == Opcodes.IFLE;
                int compare = kind == 'F' ? Opcodes.FCMPL : Opcodes.DCMPL;
                m.visitInsn(less ? compare + 1 : compare);
                m.visitJumpInsn(instruction, target);
        }
    }

    private static void unsigned(MethodVisitor m, int instruction, Label target) {
        if (!AS_LONGS) {
            Signatures.call(m, "java/lang/Integer", "compareUnsigned", "(II)I");
            m.visitJumpInsn(instruction, target);
            return;
        }
        Signatures.call(m, "java/lang/Integer", "toUnsignedLong", "(I)J");
        m.visitInsn(Opcodes.DUP2_X1);
        m.visitInsn(Opcodes.POP2);
        Signatures.call(m, "java/lang/Integer", "toUnsignedLong", "(I)J");
        m.visitInsn(Opcodes.LCMP);
        m.visitJumpInsn(swapped(instruction), target);
    }

    /** The same relation with its sides exchanged. */
    private static int swapped(int jump) {
        switch (jump) {
            case Opcodes.IFLT:
                return Opcodes.IFGT;
            case Opcodes.IFGT:
                return Opcodes.IFLT;
            case Opcodes.IFLE:
                return Opcodes.IFGE;
            default:
                return Opcodes.IFLE;
        }
    }

    private static int negated(int jump) {
        return ((jump + 1) ^ 1) - 1;
    }
}

package dev.cordon.runtime;

import com.dylibso.chicory.runtime.OpcodeImpl;
import com.dylibso.chicory.wasm.types.OpCode;
import java.lang.reflect.Method;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Instructions that take numbers from the stack and give one number: as one or two JVM instructions
 * where the JVM means the same, else as a call of Chicory's implementation.
 */
final class NumericOps {
    private static final String CHICORY = "com/dylibso/chicory/runtime/OpcodeImpl";
    private static final String INTEGER = "java/lang/Integer";

    private static final Map<OpCode, NumericOps> TABLE = new EnumMap<>(OpCode.class);

    /** Divisions by a constant that is neither 0 nor, among longs, negative. */
    private static final Map<OpCode, NumericOps> BY_CONSTANT =
            Map.of(
                    OpCode.I32_DIV_U, ours("II", 'I', "divideBy"),
                    OpCode.I32_REM_U, ours("II", 'I', "remainderBy"),
                    OpCode.I64_DIV_U, ours("JJ", 'J', "divideBy"),
                    OpCode.I64_REM_U, ours("JJ", 'J', "remainderBy"));

    private final String pops;
    private final char pushes;
    private final int[] instructions;
    private final @Nullable String owner;
    private final String method;

    static {
        // where Chicory's implementation keeps the sign of a NaN, ours does not
        TABLE.put(OpCode.F32_ABS, ours("F", 'F', "absolute"));
        TABLE.put(OpCode.F64_ABS, ours("D", 'D', "absolute"));
        jvm(OpCode.I32_ADD, "II", 'I', Opcodes.IADD);
        jvm(OpCode.I32_SUB, "II", 'I', Opcodes.ISUB);
        jvm(OpCode.I32_MUL, "II", 'I', Opcodes.IMUL);
        jvm(OpCode.I32_AND, "II", 'I', Opcodes.IAND);
        jvm(OpCode.I32_OR, "II", 'I', Opcodes.IOR);
        jvm(OpCode.I32_XOR, "II", 'I', Opcodes.IXOR);
        jvm(OpCode.I32_SHL, "II", 'I', Opcodes.ISHL);
        jvm(OpCode.I32_SHR_S, "II", 'I', Opcodes.ISHR);
        jvm(OpCode.I32_SHR_U, "II", 'I', Opcodes.IUSHR);
        jvm(OpCode.I64_ADD, "JJ", 'J', Opcodes.LADD);
        jvm(OpCode.I64_SUB, "JJ", 'J', Opcodes.LSUB);
        jvm(OpCode.I64_MUL, "JJ", 'J', Opcodes.LMUL);
        jvm(OpCode.I64_AND, "JJ", 'J', Opcodes.LAND);
        jvm(OpCode.I64_OR, "JJ", 'J', Opcodes.LOR);
        jvm(OpCode.I64_XOR, "JJ", 'J', Opcodes.LXOR);
        jvm(OpCode.I64_SHL, "JJ", 'J', Opcodes.L2I, Opcodes.LSHL);
        jvm(OpCode.I64_SHR_S, "JJ", 'J', Opcodes.L2I, Opcodes.LSHR);
        jvm(OpCode.I64_SHR_U, "JJ", 'J', Opcodes.L2I, Opcodes.LUSHR);
        jvm(OpCode.I32_WRAP_I64, "J", 'I', Opcodes.L2I);
        jvm(OpCode.I64_EXTEND_I32_S, "I", 'J', Opcodes.I2L);
        jvm(OpCode.I32_EXTEND_8_S, "I", 'I', Opcodes.I2B);
        jvm(OpCode.I32_EXTEND_16_S, "I", 'I', Opcodes.I2S);
        jvm(OpCode.I64_EXTEND_32_S, "J", 'J', Opcodes.L2I, Opcodes.I2L);
        jvm(OpCode.F32_ADD, "FF", 'F', Opcodes.FADD);
        jvm(OpCode.F32_SUB, "FF", 'F', Opcodes.FSUB);
        jvm(OpCode.F32_MUL, "FF", 'F', Opcodes.FMUL);
        jvm(OpCode.F32_DIV, "FF", 'F', Opcodes.FDIV);
        jvm(OpCode.F32_NEG, "F", 'F', Opcodes.FNEG);
        jvm(OpCode.F64_ADD, "DD", 'D', Opcodes.DADD);
        jvm(OpCode.F64_SUB, "DD", 'D', Opcodes.DSUB);
        jvm(OpCode.F64_MUL, "DD", 'D', Opcodes.DMUL);
        jvm(OpCode.F64_DIV, "DD", 'D', Opcodes.DDIV);
        jvm(OpCode.F64_NEG, "D", 'D', Opcodes.DNEG);
        jvm(OpCode.F32_DEMOTE_F64, "D", 'F', Opcodes.D2F);
        jvm(OpCode.F64_PROMOTE_F32, "F", 'D', Opcodes.F2D);
        jvm(OpCode.F32_CONVERT_I32_S, "I", 'F', Opcodes.I2F);
        jvm(OpCode.F32_CONVERT_I64_S, "J", 'F', Opcodes.L2F);
        jvm(OpCode.F64_CONVERT_I32_S, "I", 'D', Opcodes.I2D);
        jvm(OpCode.F64_CONVERT_I64_S, "J", 'D', Opcodes.L2D);
        // saturating is what the JVM's own conversions do
        jvm(OpCode.I32_TRUNC_SAT_F32_S, "F", 'I', Opcodes.F2I);
        jvm(OpCode.I32_TRUNC_SAT_F64_S, "D", 'I', Opcodes.D2I);
        jvm(OpCode.I64_TRUNC_SAT_F32_S, "F", 'J', Opcodes.F2L);
        jvm(OpCode.I64_TRUNC_SAT_F64_S, "D", 'J', Opcodes.D2L);
        method(OpCode.I32_ROTL, "II", 'I', INTEGER, "rotateLeft");
        method(OpCode.I32_ROTR, "II", 'I', INTEGER, "rotateRight");
        method(OpCode.I32_CLZ, "I", 'I', INTEGER, "numberOfLeadingZeros");
        method(OpCode.I32_CTZ, "I", 'I', INTEGER, "numberOfTrailingZeros");
        method(OpCode.I32_POPCNT, "I", 'I', INTEGER, "bitCount");
        method(OpCode.I64_EXTEND_I32_U, "I", 'J', INTEGER, "toUnsignedLong");
        if (Conditions.AS_LONGS) {
            TABLE.put(OpCode.I32_LT_U, ours("II", 'I', "isLess"));
            TABLE.put(OpCode.I32_GT_U, ours("II", 'I', "isGreater"));
            TABLE.put(OpCode.I32_LE_U, ours("II", 'I', "isAtMost"));
            TABLE.put(OpCode.I32_GE_U, ours("II", 'I', "isAtLeast"));
        }
        for (Method method : OpcodeImpl.class.getMethods()) {
            addIfNumeric(method);
        }
    }

    private NumericOps(
            String pops, char pushes, int[] instructions, @Nullable String owner, String method) {
        this.pops = pops;
        this.pushes = pushes;
        this.instructions = instructions;
        this.owner = owner;
        this.method = method;
    }

    private static void jvm(OpCode op, String pops, char pushes, int... instructions) {
        TABLE.put(op, new NumericOps(pops, pushes, instructions, null, ""));
    }

    private static void method(OpCode op, String pops, char pushes, String owner, String method) {
        TABLE.put(op, new NumericOps(pops, pushes, new int[0], owner, method));
    }

    private static void addIfNumeric(Method method) {
        String name = method.getName();
        boolean numeric = name.startsWith("I32_") || name.startsWith("I64_");
        numeric |= name.startsWith("F32_") || name.startsWith("F64_");
        if (!numeric) {
            return;
        }
        OpCode op = OpCode.valueOf(name);
        String descriptor = Type.getMethodDescriptor(method);
        String pops = descriptor.substring(1, descriptor.indexOf(')'));
        char pushes = descriptor.charAt(descriptor.length() - 1);
        TABLE.putIfAbsent(op, new NumericOps(pops, pushes, new int[0], CHICORY, name));
    }

    private static NumericOps ours(String pops, char pushes, String method) {
        return new NumericOps(pops, pushes, new int[0], Signatures.ACCESS, method);
    }

    static @Nullable NumericOps byConstant(OpCode op) {
        return BY_CONSTANT.get(op);
    }

    static @Nullable NumericOps of(OpCode op) {
        return TABLE.get(op);
    }

    String pops() {
        return pops;
    }

    char pushes() {
        return pushes;
    }

    void emit(MethodVisitor m) {
        for (int instruction : instructions) {
            m.visitInsn(instruction);
        }
        if (owner != null) {
            Signatures.call(m, owner, method, "(" + pops + ")" + pushes);
        }
    }
}

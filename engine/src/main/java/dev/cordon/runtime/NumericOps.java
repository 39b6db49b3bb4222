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
    private static final Map<OpCode, NumericOps> TABLE = new EnumMap<>(OpCode.class);

    private final String pops;
    private final char pushes;
    private final int[] instructions;
    private final @Nullable String method;

    /** Where Chicory's implementation keeps the sign of a NaN, ours does not. */
    private static final String ABS = "absolute";

    static {
        TABLE.put(OpCode.F32_ABS, new NumericOps("F", 'F', new int[0], ABS));
        TABLE.put(OpCode.F64_ABS, new NumericOps("D", 'D', new int[0], ABS));
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
        for (Method method : OpcodeImpl.class.getMethods()) {
            addIfNumeric(method);
        }
    }

    private NumericOps(String pops, char pushes, int[] instructions, @Nullable String method) {
        this.pops = pops;
        this.pushes = pushes;
        this.instructions = instructions;
        this.method = method;
    }

    private static void jvm(OpCode op, String pops, char pushes, int... instructions) {
        TABLE.put(op, new NumericOps(pops, pushes, instructions, null));
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
        TABLE.putIfAbsent(op, new NumericOps(pops, pushes, new int[0], name));
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
        if (method != null) {
            boolean ours = method.equals(ABS);
            Signatures.call(
                    m,
                    ours ? Signatures.ACCESS : "com/dylibso/chicory/runtime/OpcodeImpl",
                    method,
                    "(" + pops + ")" + pushes);
        }
    }
}

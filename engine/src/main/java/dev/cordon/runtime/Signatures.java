package dev.cordon.runtime;

import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.List;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * How WebAssembly values and functions look on the JVM.
 *
 * <p>A value's kind is one letter: {@code I J F D} for numbers (function and external references
 * are an {@code I}), {@code E} for an exception reference, which is a Java object.
 */
final class Signatures {
    static final String STATE = "dev/cordon/runtime/GuestState";
    static final String ACCESS = "dev/cordon/runtime/MemoryAccess";
    static final String EXCEPTION = "com/dylibso/chicory/runtime/WasmException";

    /** What every function gets behind its own parameters: state, depth, fuel. */
    private static final String TAIL = "L" + STATE + ";II)";

    /** A JVM method takes 255 slots; beyond this many, parameters travel in an array. */
    private static final int MAX_PARAMETER_SLOTS = 240;

    private Signatures() {}

    static char kind(ValType type) {
        if (type.isReference()) {
            return type.equals(ValType.ExnRef) ? 'E' : 'I';
        }
        if (type.equals(ValType.I32)) {
            return 'I';
        }
        if (type.equals(ValType.I64)) {
            return 'J';
        }
        return type.equals(ValType.F32) ? 'F' : 'D';
    }

    static String kinds(List<ValType> types) {
        StringBuilder kinds = new StringBuilder(types.size());
        types.forEach(t -> kinds.append(kind(t)));
        return kinds.toString();
    }

    static int slots(char kind) {
        return kind == 'J' || kind == 'D' ? 2 : 1;
    }

    static int slots(String kinds) {
        int slots = 0;
        for (int i = 0; i < kinds.length(); i++) {
            slots += slots(kinds.charAt(i));
        }
        return slots;
    }

    /** Whether the parameters of such a function travel in an array. */
    static boolean boxed(FunctionType type) {
        return slots(kinds(type.params())) > MAX_PARAMETER_SLOTS;
    }

    /** Descriptor of the static method that a function becomes. */
    static String descriptor(FunctionType type) {
        return "(" + parameters(type) + TAIL + result(type);
    }

    /** Descriptor of the method that makes an indirect call: element and table come last. */
    static String indirectDescriptor(FunctionType type) {
        return "(" + parameters(type) + "II" + TAIL + result(type);
    }

    private static String parameters(FunctionType type) {
        return boxed(type) ? "[J" : jvm(kinds(type.params()));
    }

    private static String jvm(String kinds) {
        return kinds.replace("E", "L" + EXCEPTION + ";");
    }

    private static String result(FunctionType type) {
        switch (type.returns().size()) {
            case 0:
                return "V";
            case 1:
                return jvm(kinds(type.returns()));
            default:
                return "[J";
        }
    }

    static int returnInstruction(FunctionType type) {
        if (type.returns().isEmpty()) {
            return Opcodes.RETURN;
        }
        if (type.returns().size() > 1) {
            return Opcodes.ARETURN;
        }
        return returnInstruction(kind(type.returns().get(0)));
    }

    static int returnInstruction(char kind) {
        switch (kind) {
            case 'I':
                return Opcodes.IRETURN;
            case 'J':
                return Opcodes.LRETURN;
            case 'F':
                return Opcodes.FRETURN;
            case 'D':
                return Opcodes.DRETURN;
            default:
                return Opcodes.ARETURN;
        }
    }

    static int load(char kind) {
        switch (kind) {
            case 'I':
                return Opcodes.ILOAD;
            case 'J':
                return Opcodes.LLOAD;
            case 'F':
                return Opcodes.FLOAD;
            case 'D':
                return Opcodes.DLOAD;
            default:
                return Opcodes.ALOAD;
        }
    }

    static int store(char kind) {
        return load(kind) - Opcodes.ILOAD + Opcodes.ISTORE;
    }

    /** The value's type in a stack map frame. */
    static Object frame(char kind) {
        switch (kind) {
            case 'I':
                return Opcodes.INTEGER;
            case 'J':
                return Opcodes.LONG;
            case 'F':
                return Opcodes.FLOAT;
            case 'D':
                return Opcodes.DOUBLE;
            default:
                return EXCEPTION;
        }
    }

    static void push(MethodVisitor m, int value) {
        if (value >= -1 && value <= 5) {
            m.visitInsn(Opcodes.ICONST_0 + value);
        } else if (value == (byte) value) {
            m.visitIntInsn(Opcodes.BIPUSH, value);
        } else if (value == (short) value) {
            m.visitIntInsn(Opcodes.SIPUSH, value);
        } else {
            m.visitLdcInsn(value);
        }
    }

    static void push(MethodVisitor m, long value) {
        if (value == 0 || value == 1) {
            m.visitInsn(Opcodes.LCONST_0 + (int) value);
        } else if (value == (short) value) {
            push(m, (int) value);
            m.visitInsn(Opcodes.I2L);
        } else {
            m.visitLdcInsn(value);
        }
    }

    /** Turns the value on the stack into raw 64 bits. An exception reference does not travel. */
    static void toRaw(MethodVisitor m, char kind) {
        switch (kind) {
            case 'I':
                m.visitInsn(Opcodes.I2L);
                break;
            case 'J':
                break;
            case 'F':
                call(m, "java/lang/Float", "floatToRawIntBits", "(F)I");
                m.visitInsn(Opcodes.I2L);
                break;
            case 'D':
                call(m, "java/lang/Double", "doubleToRawLongBits", "(D)J");
                break;
            default:
                m.visitInsn(Opcodes.POP);
                m.visitLdcInsn(-1L);
        }
    }

    /** Turns raw 64 bits on the stack into a value. */
    static void fromRaw(MethodVisitor m, char kind) {
        switch (kind) {
            case 'I':
                m.visitInsn(Opcodes.L2I);
                break;
            case 'J':
                break;
            case 'F':
                m.visitInsn(Opcodes.L2I);
                call(m, "java/lang/Float", "intBitsToFloat", "(I)F");
                break;
            case 'D':
                call(m, "java/lang/Double", "longBitsToDouble", "(J)D");
                break;
            default:
                m.visitInsn(Opcodes.POP2);
                m.visitInsn(Opcodes.ACONST_NULL);
        }
    }

    /** Pushes an array of the raw values of consecutive locals from {@code slot} on. */
    static void box(MethodVisitor m, String kinds, int slot) {
        push(m, kinds.length());
        m.visitIntInsn(Opcodes.NEWARRAY, Opcodes.T_LONG);
        int at = slot;
        for (int i = 0; i < kinds.length(); i++) {
            char kind = kinds.charAt(i);
            m.visitInsn(Opcodes.DUP);
            push(m, i);
            m.visitVarInsn(load(kind), at);
            toRaw(m, kind);
            m.visitInsn(Opcodes.LASTORE);
            at += slots(kind);
        }
    }

    /** Pushes a function's parameters as an array, and tells the slot of the state behind them. */
    static int boxParameters(MethodVisitor m, FunctionType type) {
        if (boxed(type)) {
            m.visitVarInsn(Opcodes.ALOAD, 0);
            return 1;
        }
        String kinds = kinds(type.params());
        box(m, kinds, 0);
        return slots(kinds);
    }

    /** Puts the slice of fuel that was handed over where everybody can see it. */
    static void storeFuel(MethodVisitor m, int state) {
        m.visitVarInsn(Opcodes.ALOAD, state);
        m.visitVarInsn(Opcodes.ILOAD, state + 2);
        m.visitFieldInsn(Opcodes.PUTFIELD, STATE, "fuel", "I");
    }

    /** Returns from a function with the raw results that are in an array on the stack. */
    static void returnRaw(MethodVisitor m, FunctionType type) {
        if (type.returns().size() == 1) {
            push(m, 0);
            m.visitInsn(Opcodes.LALOAD);
            fromRaw(m, kind(type.returns().get(0)));
        }
        m.visitInsn(returnInstruction(type));
    }

    static void call(MethodVisitor m, String owner, String name, String descriptor) {
        m.visitMethodInsn(Opcodes.INVOKESTATIC, owner, name, descriptor, false);
    }
}

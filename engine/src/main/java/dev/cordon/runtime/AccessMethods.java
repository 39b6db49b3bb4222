package dev.cordon.runtime;

import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Loads and stores with their constant offset in the method's name instead of in the code that
 * calls them. A function that is nearly too large for the JVM becomes a tenth smaller by it.
 */
final class AccessMethods {
    private final Set<String> used = new TreeSet<>();

    /** Calls an access method; base, value and state are on the stack. */
    void call(MethodVisitor m, String owner, String method, int offset, String descriptor) {
        used.add(method + " " + offset + " " + descriptor);
        Signatures.call(m, owner, method + offset, without(descriptor));
    }

    /** The descriptor of {@link MemoryAccess} without its second-last parameter, the offset. */
    private static String without(String descriptor) {
        return descriptor.replace("IL" + Signatures.STATE + ";", "L" + Signatures.STATE + ";");
    }

    /** Writes the methods that were called. */
    void write(ClassWriter writer) {
        for (String key : used) {
            String[] parts = key.split(" ", 3);
            int offset = Integer.parseInt(parts[1]);
            write(writer, parts[0], offset, parts[2]);
        }
    }

    private static void write(ClassWriter writer, String method, int offset, String descriptor) {
        MethodVisitor m =
                writer.visitMethod(
                        Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC,
                        method + offset,
                        without(descriptor),
                        null,
                        null);
        m.visitCode();
        m.visitVarInsn(Opcodes.ILOAD, 0);
        int state = 1;
        if (descriptor.endsWith("V")) {
            char value = descriptor.charAt(2);
            m.visitVarInsn(Signatures.load(value), 1);
            state += Signatures.slots(value);
        }
        Signatures.push(m, offset);
        m.visitVarInsn(Opcodes.ALOAD, state);
        Signatures.call(m, Signatures.ACCESS, method, descriptor);
        m.visitInsn(result(descriptor.charAt(descriptor.length() - 1)));
        m.visitMaxs(6, state + 1);
        m.visitEnd();
    }

    private static int result(char kind) {
        if (kind == 'V') {
            return Opcodes.RETURN;
        }
        return Signatures.returnInstruction(kind == 'B' || kind == 'S' ? 'I' : kind);
    }
}

package dev.cordon.runtime;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Counts instructions, and sees to it that no place of a method gets two stack map frames. */
final class CodeVisitor extends MethodVisitor {
    private int instructions;
    private int lastFrame = -1;
    private Object @Nullable [] lastLocals;
    private Object @Nullable [] lastStack;

    CodeVisitor(MethodVisitor next) {
        super(Opcodes.ASM9, next);
    }

    int instructions() {
        return instructions;
    }

    @Override
    public void visitFrame(int type, int locals, Object[] local, int values, Object[] stack) {
        if (lastFrame == instructions) {
            if (Arrays.equals(lastLocals, local) && Arrays.equals(lastStack, stack)) {
                return;
            }
            throw new IllegalStateException("two different frames at one place");
        }
        super.visitFrame(type, locals, local, values, stack);
        lastFrame = instructions;
        lastLocals = local;
        lastStack = stack;
    }

    @Override
    public void visitInsn(int opcode) {
        instructions++;
        super.visitInsn(opcode);
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
        instructions++;
        super.visitIntInsn(opcode, operand);
    }

    @Override
    public void visitVarInsn(int opcode, int slot) {
        instructions++;
        super.visitVarInsn(opcode, slot);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        instructions++;
        super.visitTypeInsn(opcode, type);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
        instructions++;
        super.visitFieldInsn(opcode, owner, name, descriptor);
    }

    @Override
    public void visitMethodInsn(
            int opcode, String owner, String name, String descriptor, boolean isInterface) {
        instructions++;
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
        instructions++;
        super.visitJumpInsn(opcode, label);
    }

    @Override
    public void visitLdcInsn(Object value) {
        instructions++;
        super.visitLdcInsn(value);
    }

    @Override
    public void visitIincInsn(int slot, int increment) {
        instructions++;
        super.visitIincInsn(slot, increment);
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label other, Label... labels) {
        instructions++;
        super.visitTableSwitchInsn(min, max, other, labels);
    }

    @Override
    public void visitLookupSwitchInsn(Label other, int[] keys, Label[] labels) {
        instructions++;
        super.visitLookupSwitchInsn(other, keys, labels);
    }
}

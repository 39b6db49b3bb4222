package dev.cordon.runtime;

import com.dylibso.chicory.wasm.types.CatchOpCode;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/**
 * A {@code try_table} while it is open.
 *
 * <p>A JVM handler starts with an empty operand stack, a {@code catch} with the values below the
 * block; so these are kept in locals too while the block lasts.
 */
final class TryBlock {
    private final ModuleLayout layout;
    private final CodeVisitor m;
    private final OperandFrames frames;
    private final FuelEmitter fuel;
    private final List<CatchOpCode.Catch> catches;
    private final List<Label[]> ranges = new ArrayList<>();
    private Label start = new Label();
    private int startedAt;
    private String below = "";
    private int outerLocals;
    private int[] saved = new int[0];

    TryBlock(
            ModuleLayout layout,
            CodeVisitor m,
            OperandFrames frames,
            FuelEmitter fuel,
            List<CatchOpCode.Catch> catches) {
        this.layout = layout;
        this.m = m;
        this.frames = frames;
        this.fuel = fuel;
        this.catches = catches;
    }

    void begin(ControlBlock block) {
        below = block.below();
        outerLocals = frames.localCount();
        saved = new int[below.length()];
        for (int i = 0; i < saved.length; i++) {
            saved[i] = frames.addLocal(Signatures.frame(below.charAt(i)));
        }
        if (saved.length > 0) {
            save(block.parameters());
        }
        resume();
    }

    /** What follows is not covered: a tail call has left the block before it begins. */
    void pause() {
        close();
    }

    private void close() {
        if (m.instructions() > startedAt) { // a range of exceptions must not be empty
            Label end = new Label();
            m.visitLabel(end);
            ranges.add(new Label[] {start, end});
        }
    }

    /** What follows is covered again. */
    void resume() {
        start = new Label();
        m.visitLabel(start);
        startedAt = m.instructions();
    }

    private void save(String parameters) {
        int slot = frames.scratch(Signatures.slots(parameters));
        int at = slot + Signatures.slots(parameters);
        for (int i = parameters.length() - 1; i >= 0; i--) {
            at -= Signatures.slots(parameters.charAt(i));
            m.visitVarInsn(Signatures.store(parameters.charAt(i)), at);
        }
        for (int i = saved.length - 1; i >= 0; i--) {
            m.visitVarInsn(Signatures.store(below.charAt(i)), saved[i]);
        }
        loadSaved(saved.length);
        for (int i = 0; i < parameters.length(); i++) {
            m.visitVarInsn(Signatures.load(parameters.charAt(i)), at);
            at += Signatures.slots(parameters.charAt(i));
        }
    }

    private void loadSaved(int count) {
        for (int i = 0; i < count; i++) {
            m.visitVarInsn(Signatures.load(below.charAt(i)), saved[i]);
        }
    }

    /** Ends the body and writes the handler; {@code blocks} are those around this one. */
    void end(List<ControlBlock> blocks) {
        close();
        if (ranges.isEmpty()) {
            frames.dropLocals(outerLocals);
            return; // nothing in it can throw
        }
        Label handler = new Label();
        for (Label[] range : ranges) {
            m.visitTryCatchBlock(range[0], range[1], handler, Signatures.EXCEPTION);
        }
        m.visitLabel(handler);
        frames.reset("");
        frames.handlerFrame(frames.localCount(), Signatures.EXCEPTION);
        int exception = frames.addLocal(Signatures.EXCEPTION);
        m.visitVarInsn(Opcodes.ASTORE, exception);
        fuel.reload();
        boolean all = false;
        for (CatchOpCode.Catch clause : catches) {
            all = handle(clause, blocks.get(blocks.size() - 1 - clause.label()), exception);
            if (all) {
                break; // what follows can never be reached
            }
        }
        if (!all) {
            m.visitVarInsn(Opcodes.ALOAD, exception);
            fuel.spill();
            m.visitInsn(Opcodes.ATHROW);
        }
        frames.dropLocals(outerLocals);
    }

    /** Writes one clause and tells whether it takes every exception. */
    private boolean handle(CatchOpCode.Catch clause, ControlBlock target, int exception) {
        boolean all = clause.opcode() == CatchOpCode.CATCH_ALL;
        all |= clause.opcode() == CatchOpCode.CATCH_ALL_REF;
        boolean reference = clause.opcode() == CatchOpCode.CATCH_REF;
        reference |= clause.opcode() == CatchOpCode.CATCH_ALL_REF;
        Label next = new Label();
        if (!all) {
            m.visitVarInsn(Opcodes.ALOAD, exception);
            Signatures.push(m, clause.tag());
            Signatures.call(m, Signatures.STATE, "matches", "(L" + Signatures.EXCEPTION + ";I)Z");
            m.visitJumpInsn(Opcodes.IFEQ, next);
        }
        loadSaved(target.height());
        frames.push(below.substring(0, target.height()));
        if (!all) {
            payload(Signatures.kinds(layout.tagType(clause.tag()).params()), exception);
        }
        if (reference) {
            m.visitVarInsn(Opcodes.ALOAD, exception);
            frames.push('E');
        }
        target.target();
        m.visitJumpInsn(Opcodes.GOTO, target.label());
        frames.reset("");
        if (!all) {
            m.visitLabel(next);
            frames.frame();
        }
        return all;
    }

    private void payload(String kinds, int exception) {
        int values = frames.scratch(1);
        m.visitVarInsn(Opcodes.ALOAD, exception);
        m.visitMethodInsn(Opcodes.INVOKEVIRTUAL, Signatures.EXCEPTION, "args", "()[J", false);
        m.visitVarInsn(Opcodes.ASTORE, values);
        for (int i = 0; i < kinds.length(); i++) {
            m.visitVarInsn(Opcodes.ALOAD, values);
            Signatures.push(m, i);
            m.visitInsn(Opcodes.LALOAD);
            Signatures.fromRaw(m, kinds.charAt(i));
            frames.push(kinds.charAt(i));
        }
    }
}

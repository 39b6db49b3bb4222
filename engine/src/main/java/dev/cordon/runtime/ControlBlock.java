package dev.cordon.runtime;

import com.dylibso.chicory.wasm.types.OpCode;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;

/** One structured block while it is open: where its label is and what a jump there carries. */
final class ControlBlock {
    private final OpCode op;
    private final String parameters;
    private final String results;
    private final int height;
    private final Label label;
    private String below = "";
    private boolean targeted;
    private @Nullable Label otherwise;
    private @Nullable TryBlock tryBlock;

    ControlBlock(OpCode op, String parameters, String results, int height, Label label) {
        this.op = op;
        this.parameters = parameters;
        this.results = results;
        this.height = height;
        this.label = label;
    }

    boolean isLoop() {
        return op == OpCode.LOOP;
    }

    String parameters() {
        return parameters;
    }

    String results() {
        return results;
    }

    /** Kinds of the values that a jump to the label takes along. */
    String labelKinds() {
        return isLoop() ? parameters : results;
    }

    /** Height of the operand stack below the block's parameters. */
    int height() {
        return height;
    }

    /** Its start if it is a loop, else its end. */
    Label label() {
        return label;
    }

    /** Kinds of the values below the block's parameters. */
    String below() {
        return below;
    }

    void below(String kinds) {
        this.below = kinds;
    }

    void target() {
        targeted = true;
    }

    boolean isTargeted() {
        return targeted;
    }

    /** Where an {@code if} goes when its condition is zero, until its {@code else} is there. */
    @Nullable Label otherwise() {
        return otherwise;
    }

    void otherwise(@Nullable Label next) {
        this.otherwise = next;
    }

    @Nullable TryBlock tryBlock() {
        return tryBlock;
    }

    void tryBlock(TryBlock next) {
        this.tryBlock = next;
    }
}

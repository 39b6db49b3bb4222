package dev.cordon.scan.rule;

import dev.cordon.scan.Evidence;
import dev.cordon.scan.ScanRule;
import java.util.Arrays;

/**
 * Finds loops that nothing leaves, and functions that call themselves before they decide anything.
 *
 * <p>For each open block it keeps how far out its branches go, handed outwards when the block ends,
 * so that it takes one step for each instruction however deep blocks are.
 */
final class EndlessCode implements CodeRule {
    private static final int OUT_OF_THE_FUNCTION = -1;
    private static final int LOOP = 0x03;

    private final byte[] module;
    private final Places loops = new Places();
    private final Places recursions = new Places();

    private int function;
    private boolean decided;
    private int depth;
    private int[] opcodes = new int[64];
    private int[] offsets = new int[64];
    private int[] farthest = new int[64];
    private boolean[] reached = new boolean[64];
    private boolean alive;

    EndlessCode(byte[] module) {
        this.module = module;
    }

    @Override
    public void function(int next, int offset, int size) {
        function = next;
        decided = false;
        depth = 0;
        alive = true;
        open(0, offset);
    }

    @Override
    public void instruction(int opcode, int offset, int end) {
        switch (opcode) {
            case 0x02, LOOP -> open(opcode, offset);
            case 0x04 -> {
                decided = true;
                open(opcode, offset);
            }
            case 0x1f -> {
                leave(OUT_OF_THE_FUNCTION); // its handlers go anywhere
                open(opcode, offset);
                reached[depth - 1] = true;
            }
            case 0x05 -> {
                reached[depth - 1] |= alive;
                alive = true;
            }
            case 0x0b -> close();
            case 0x0c, 0x0d -> {
                branch((int) Numbers.unsigned(module, offset + 1));
                alive &= opcode == 0x0d;
            }
            case 0x0e -> table(offset + 1);
            case 0x10, 0x12 -> call(opcode, offset);
            case 0x11 -> leave(OUT_OF_THE_FUNCTION);
            case 0x00, 0x08, 0x0a, 0x0f, 0x13 -> {
                leave(OUT_OF_THE_FUNCTION);
                decided = true;
                alive = false;
            }
            default -> {}
        }
    }

    private void open(int opcode, int offset) {
        if (depth == opcodes.length) {
            opcodes = Arrays.copyOf(opcodes, 2 * depth);
            offsets = Arrays.copyOf(offsets, 2 * depth);
            farthest = Arrays.copyOf(farthest, 2 * depth);
            reached = Arrays.copyOf(reached, 2 * depth);
        }
        opcodes[depth] = opcode;
        offsets[depth] = offset;
        farthest[depth] = depth;
        reached[depth] = opcode == 0x04;
        depth++;
    }

    private void close() {
        depth--;
        boolean endless = opcodes[depth] == LOOP && !alive && farthest[depth] >= depth;
        if (endless) {
            loops.add(function, offsets[depth]);
        }
        if (opcodes[depth] != LOOP) {
            alive |= reached[depth];
        }
        if (depth > 0) {
            farthest[depth - 1] = Math.min(farthest[depth - 1], farthest[depth]);
        }
    }

    private void leave(int target) {
        farthest[depth - 1] = Math.min(farthest[depth - 1], target);
    }

    private void branch(int label) {
        int target = depth - 1 - label;
        leave(target);
        if (target >= 0) {
            reached[target] = true;
        }
        decided = true;
    }

    private void table(int offset) {
        long left = Numbers.unsigned(module, offset) + 1;
        int at = Numbers.after(module, offset);
        for (; left > 0; left--) {
            branch((int) Numbers.unsigned(module, at));
            at = Numbers.after(module, at);
        }
        alive = false;
    }

    private void call(int opcode, int offset) {
        if (!decided && Numbers.unsigned(module, offset + 1) == function) {
            recursions.add(function, offset);
            decided = true;
        }
        leave(OUT_OF_THE_FUNCTION);
        if (opcode == 0x12) {
            alive = false;
        }
    }

    @Override
    public void check(Subject subject, Findings findings) {
        report(subject, findings, loops, "a loop has no way out");
        report(
                subject,
                findings,
                recursions,
                "the function calls itself before it decides anything");
    }

    private static void report(Subject subject, Findings findings, Places places, String message) {
        for (int i = 0; i < places.size(); i++) {
            Evidence at = subject.inFunction(places.function(i), places.offset(i), 1);
            findings.add(ScanRule.ENDLESS, ScanRule.ENDLESS.level(), at, message, key(at), "");
        }
        findings.leaveOut(ScanRule.ENDLESS.level(), places.more());
    }

    private static String key(Evidence at) {
        return at.functionName().isEmpty() ? "func[" + at.function() + "]" : at.functionName();
    }
}

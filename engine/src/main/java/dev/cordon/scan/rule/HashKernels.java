package dev.cordon.scan.rule;

import dev.cordon.scan.Evidence;
import dev.cordon.scan.Level;
import dev.cordon.scan.ScanRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds functions that mix bits as hash functions do, in a module that holds constants of known
 * ones. Weighs high with signs of mining beside it.
 */
final class HashKernels implements CodeRule {
    /** Share of the instructions of its loops which mix bits, in percent. */
    private static final int MIX_PERCENT = 20;

    /** A function that mixes less is no kernel. */
    private static final int LEAST_MIXED = 24;

    /** Functions remembered; modules have a handful. */
    private static final int MAX_KERNELS = 200;

    private static final int NO_LOOP = -1;
    private static final int OUTSIDE = 0;
    private static final int INSIDE = 1;

    private final byte[] module;
    private final List<Kernel> kernels = new ArrayList<>();
    private final Set<String> constants = new TreeSet<>();
    private int more;

    private int function = -1;
    private int depth;
    private int loopDepth;
    private final int[] instructions = new int[2];
    private final int[] mixed = new int[2];

    HashKernels(byte[] module) {
        this.module = module;
    }

    private record Kernel(int function, int instructions, int mixed) {}

    @Override
    public void function(int next, int offset, int size) {
        finish();
        function = next;
        depth = 1;
        loopDepth = NO_LOOP;
        Arrays.fill(instructions, 0);
        Arrays.fill(mixed, 0);
    }

    @Override
    public void instruction(int opcode, int offset, int end) {
        int place = loopDepth == NO_LOOP ? OUTSIDE : INSIDE;
        instructions[place]++;
        if (mixes(opcode)) {
            mixed[place]++;
        } else if (opcode == 0x41 || opcode == 0x42) {
            constant(opcode, offset);
        } else if ((opcode >= 0x02 && opcode <= 0x04) || opcode == 0x1f) {
            if (opcode == 0x03 && loopDepth == NO_LOOP) {
                loopDepth = depth;
            }
            depth++;
        } else if (opcode == 0x0b && --depth == loopDepth) {
            loopDepth = NO_LOOP;
        }
    }

    /** Whether it is an exclusive or, a shift or a rotation, in either width. */
    private static boolean mixes(int opcode) {
        return (opcode >= 0x73 && opcode <= 0x78) || (opcode >= 0x85 && opcode <= 0x8a);
    }

    private void constant(int opcode, int offset) {
        if (module[offset + 1] < 0) { // constants of hash functions take more than a byte
            String family =
                    opcode == 0x41
                            ? HashConstants.ofInt((int) Numbers.signed(module, offset + 1))
                            : HashConstants.ofLong(Numbers.signed(module, offset + 1));
            if (!family.isEmpty()) {
                constants.add(family);
            }
        }
    }

    private void finish() {
        int place = instructions[INSIDE] > 0 ? INSIDE : OUTSIDE;
        boolean mixesMuch = 100L * mixed[place] >= (long) MIX_PERCENT * instructions[place];
        if (function >= 0 && mixed[place] >= LEAST_MIXED && mixesMuch) {
            if (kernels.size() < MAX_KERNELS) {
                kernels.add(new Kernel(function, instructions[place], mixed[place]));
            } else {
                more++;
            }
        }
        function = -1;
    }

    @Override
    public void check(Subject subject, Findings findings) {
        finish();
        Set<String> known = new TreeSet<>(constants);
        known.addAll(subject.data().hashFamilies());
        if (known.isEmpty()) {
            return;
        }
        boolean mines = subject.data().mines() || known.contains(HashConstants.CRYPTONIGHT);
        Level level = mines ? Level.HIGH : ScanRule.HASH_KERNEL.level();
        String beside = mines ? ", beside signs of mining" : "";
        for (Kernel kernel : kernels) {
            Evidence at = subject.inFunction(kernel.function(), -1, 0);
            String message =
                    Shown.percent(kernel.mixed(), kernel.instructions())
                            + " of its instructions mix bits, and the module holds constants of "
                            + String.join(", ", known)
                            + beside;
            findings.add(ScanRule.HASH_KERNEL, level, at, message, "", "");
        }
        findings.leaveOut(level, more);
    }
}

package dev.cordon.scan.rule;

import dev.cordon.scan.Evidence;
import dev.cordon.scan.Level;
import dev.cordon.scan.ScanRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds functions that mix bits as hash functions do, in a module that holds constants of known
 * ones. Weighs high with signs of mining beside it.
 */
final class HashKernels implements CodeRule {
    /** Share of the operations that compute which mix bits, in percent. */
    private static final int MIX_PERCENT = 20;

    /** A function that mixes less is no kernel. */
    private static final int LEAST_MIXED = 24;

    /** Functions remembered; modules have a handful. */
    private static final int MAX_KERNELS = 200;

    private final byte[] module;
    private final List<Kernel> kernels = new ArrayList<>();
    private final Set<String> constants = new TreeSet<>();
    private int more;

    private int function = -1;
    private int operations;
    private int mixed;

    HashKernels(byte[] module) {
        this.module = module;
    }

    private record Kernel(int function, int operations, int mixed) {}

    @Override
    public void function(int next, int offset, int size) {
        finish();
        function = next;
        operations = 0;
        mixed = 0;
    }

    @Override
    public void instruction(int opcode, int offset, int end) {
        if (opcode == 0x41 || opcode == 0x42) {
            constant(opcode, offset);
        } else if (opcode >= 0x28 && opcode < 0x3f || opcode >= 0x45 && opcode <= 0xc4) {
            operations++;
            if (mixes(opcode)) {
                mixed++;
            }
        }
    }

    /** Whether it is an exclusive or, a shift or a rotation, in either width. */
    private static boolean mixes(int opcode) {
        return opcode >= 0x73 && opcode <= 0x78 || opcode >= 0x85 && opcode <= 0x8a;
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
        if (function >= 0
                && mixed >= LEAST_MIXED
                && 100L * mixed >= (long) MIX_PERCENT * operations) {
            if (kernels.size() < MAX_KERNELS) {
                kernels.add(new Kernel(function, operations, mixed));
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
                    Shown.percent(kernel.mixed(), kernel.operations())
                            + " of its operations mix bits, and the module holds constants of "
                            + String.join(", ", known)
                            + beside;
            findings.add(ScanRule.HASH_KERNEL, level, at, message, "", "");
        }
        findings.leaveOut(level, more);
    }
}

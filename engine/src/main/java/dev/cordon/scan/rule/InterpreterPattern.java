package dev.cordon.scan.rule;

import dev.cordon.scan.ScanRule;

/** Finds one function that is most of the code and decides by a large branch table. */
final class InterpreterPattern implements CodeRule {
    private static final int LEAST_TARGETS = 128;

    private final byte[] module;
    private int function = -1;
    private int size;
    private long targets;
    private int largest = -1;
    private int largestSize;
    private long largestTargets;

    InterpreterPattern(byte[] module) {
        this.module = module;
    }

    @Override
    public void function(int next, int offset, int bytes) {
        finish();
        function = next;
        size = bytes;
        targets = 0;
    }

    @Override
    public void instruction(int opcode, int offset, int end) {
        if (opcode == 0x0e) {
            targets = Math.max(targets, Numbers.unsigned(module, offset + 1));
        }
    }

    private void finish() {
        if (size > largestSize) {
            largest = function;
            largestSize = size;
            largestTargets = targets;
        }
        size = 0;
    }

    @Override
    public void check(Subject subject, Findings findings) {
        finish();
        int code = subject.outline().codeSize();
        if (2L * largestSize > code && largestTargets > LEAST_TARGETS) {
            findings.add(
                    ScanRule.INTERPRETER,
                    ScanRule.INTERPRETER.level(),
                    subject.inFunction(largest, -1, 0),
                    "one function is "
                            + Shown.percent(largestSize, code)
                            + " of the code and has a branch table of "
                            + largestTargets
                            + " targets",
                    "",
                    "");
        }
    }
}

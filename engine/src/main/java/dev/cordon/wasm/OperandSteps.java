package dev.cordon.wasm;

/**
 * Counts work that grows faster than the bytes of a module in parsers, validators and compilers,
 * and refuses the module when it is beyond a bound.
 */
final class OperandSteps {
    private final Refusals refusals;
    private final long mostOperands;
    private long operands;
    private long labels;

    OperandSteps(Refusals refusals, int moduleBytes) {
        this.refusals = refusals;
        this.mostOperands =
                ModuleLimits.MIN_OPERAND_STEPS + ModuleLimits.OPERAND_STEPS_PER_BYTE * moduleBytes;
    }

    /** An instruction moves this many operands or copies this many types. */
    void operands(int count) {
        operands += count;
        if (operands > mostOperands) {
            throw refusals.limit(
                    "its calls, blocks and branches move more than " + mostOperands + " operands",
                    "pass fewer parameters and results, in memory if need be");
        }
    }

    /** A parser walks this many blocks to find where a branch or a loop goes. */
    void labels(long count) {
        labels += count;
        if (labels > ModuleLimits.MAX_LABEL_STEPS) {
            throw refusals.limit(
                    "its branches leave more than "
                            + ModuleLimits.MAX_LABEL_STEPS
                            + " blocks in all",
                    "split its largest functions");
        }
    }
}

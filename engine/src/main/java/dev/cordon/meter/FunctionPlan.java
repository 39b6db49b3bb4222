package dev.cordon.meter;

import java.util.Arrays;

/**
 * Where a function pays, and how much. Immutable.
 *
 * <p>Instructions are numbered as in the module's own function body.
 */
public final class FunctionPlan {
    private final int[] positions;
    private final int[] units;
    private final boolean[] checks;
    private final int depthUnits;
    private final boolean loops;

    FunctionPlan(int[] positions, int[] units, boolean[] checks, int depthUnits, boolean loops) {
        this.positions = positions;
        this.units = units;
        this.checks = checks;
        this.depthUnits = depthUnits;
        this.loops = loops;
    }

    /**
     * What is paid before an instruction is executed.
     *
     * @param instruction its number
     * @return units, 0 for most instructions
     */
    public int charge(int instruction) {
        int at = Arrays.binarySearch(positions, instruction);
        return at < 0 ? 0 : units[at];
    }

    /**
     * Whether the tank is looked at when paying there.
     *
     * @param instruction its number
     * @return false where a later check comes soon enough
     */
    public boolean checked(int instruction) {
        int at = Arrays.binarySearch(positions, instruction);
        return at >= 0 && checks[at];
    }

    /**
     * The depth of nested calls that one activation takes.
     *
     * @return units; 0 for a function that calls nothing
     */
    public int depthUnits() {
        return depthUnits;
    }

    /**
     * Whether control flow ever goes backwards.
     *
     * @return true if there is a loop that is used as one
     */
    public boolean loops() {
        return loops;
    }
}

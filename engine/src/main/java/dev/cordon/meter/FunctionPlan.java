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
    private final boolean settles;

    FunctionPlan(int[] positions, int[] units, boolean[] checks, int depthUnits, boolean settles) {
        this.positions = positions;
        this.units = units;
        this.checks = checks;
        this.depthUnits = depthUnits;
        this.settles = settles;
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
     * Whether the tank is looked at once more when the function returns or throws.
     *
     * <p>While calls return one after the other, nobody else looks; in a function that may spend
     * much after its last look, the sum over all depths would overflow.
     *
     * @return false for functions that are cheap from beginning to end
     */
    public boolean settles() {
        return settles;
    }
}

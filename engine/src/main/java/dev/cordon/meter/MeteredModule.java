package dev.cordon.meter;

import dev.cordon.wasm.ValidModule;
import java.util.List;

/** A valid module with a plan of charges for each of its functions. Immutable. */
public final class MeteredModule {
    private final ValidModule module;
    private final List<FunctionPlan> plans;
    private final boolean metered;

    MeteredModule(ValidModule module, List<FunctionPlan> plans, boolean metered) {
        this.module = module;
        this.plans = plans;
        this.metered = metered;
    }

    /**
     * The module as signed.
     *
     * @return the module that was validated
     */
    public ValidModule module() {
        return module;
    }

    /**
     * The plans, one per function that the module defines.
     *
     * @return in the order of the code section
     */
    public List<FunctionPlan> plans() {
        return plans;
    }

    /**
     * Whether fuel is charged at all.
     *
     * @return false only for measurements of the meter's own cost
     */
    public boolean metered() {
        return metered;
    }
}

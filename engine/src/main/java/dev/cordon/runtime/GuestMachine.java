package dev.cordon.runtime;

import com.dylibso.chicory.runtime.Machine;

/**
 * What the facade of an instance needs a machine for: to find its way back.
 *
 * @param instance the instance itself
 */
record GuestMachine(GuestInstance instance) implements Machine {
    @Override
    public long[] call(int function, long[] args) {
        return instance.enter(function, args);
    }
}

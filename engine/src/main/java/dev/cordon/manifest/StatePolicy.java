package dev.cordon.manifest;

/** What becomes of a plugin's memory, globals and tables between two calls. */
public enum StatePolicy {
    /** Every call starts from the state after initialisation. */
    FRESH,
    /** One instance keeps its state; calls take turns. */
    KEPT
}

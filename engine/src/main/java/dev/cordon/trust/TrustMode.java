package dev.cordon.trust;

/** What follows from a verdict. */
public enum TrustMode {
    /** A plugin that is rejected is not loaded. */
    ENFORCE,
    /** Every plugin is loaded, none gets any grant, and the listener hears of each rejection. */
    WARN,
    /** Nobody looks; for development only. */
    OFF
}

package dev.cordon.monitor;

/** Whether a plugin may be called. */
public enum PluginState {
    /** Calls are served. */
    SERVING,
    /** It crashed; calls are refused for a while. */
    BACKING_OFF,
    /** The while is over, and one call tries it; others are refused until that one was answered. */
    TRYING,
    /** It crashed too often; calls are refused until it is released or a new version is loaded. */
    QUARANTINED,
    /** It was closed. */
    CLOSED
}

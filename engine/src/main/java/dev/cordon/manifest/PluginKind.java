package dev.cordon.manifest;

/** The kinds of module that are plugins. */
public enum PluginKind {
    /** Exports {@code _start}: every call is one run of a WASI program. */
    WASI_COMMAND,
    /** Exports functions that are its commands. */
    REACTOR,
    /** A reactor that subscribes to events. */
    EVENT_HANDLER
}

package dev.cordon;

import java.util.Locale;

/** How modules are executed; results and fuel are the same. */
public enum EngineKind {
    /** Compiled to JVM bytecode; functions beyond the JVM's limits are interpreted. */
    COMPILED(dev.cordon.runtime.EngineKind.COMPILED),
    /** Interpreted, instruction by instruction; slow, for tests and comparison. */
    INTERPRETER(dev.cordon.runtime.EngineKind.INTERPRETER);

    private final dev.cordon.runtime.EngineKind runtime;

    EngineKind(dev.cordon.runtime.EngineKind runtime) {
        this.runtime = runtime;
    }

    dev.cordon.runtime.EngineKind runtime() {
        return runtime;
    }

    /** The word that reports use. */
    static String word(dev.cordon.runtime.EngineKind runtime) {
        return runtime.name().toLowerCase(Locale.ROOT);
    }
}

package dev.cordon.runtime;

/** How a module is executed; results and fuel are the same. */
public enum EngineKind {
    /** Compiled to JVM bytecode; functions beyond the JVM's limits are interpreted. */
    COMPILED,
    /** Interpreted, instruction by instruction; slow, for tests and as the fallback. */
    INTERPRETER
}

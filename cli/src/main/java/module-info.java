/** The {@code cordon} command: runs, calls and inspects plugins from a terminal or a script. */
module dev.cordon.cli {
    requires static transitive org.jspecify;
    requires com.dylibso.chicory.wasm;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires dev.cordon.engine;
    requires info.picocli;
    requires jdk.httpserver;
}

/** WASI preview 1 and sockets for Chicory, shaped by capabilities. Knows nothing of plugins. */
module dev.cordon.wasi {
    requires transitive com.dylibso.chicory.runtime;
    requires transitive com.dylibso.chicory.wasm;
    requires static transitive org.jspecify;

    exports dev.cordon.wasi;
    exports dev.cordon.wasi.audit;
    exports dev.cordon.wasi.limit;
}

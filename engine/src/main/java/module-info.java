/**
 * The embeddable plugin engine.
 *
 * <p>Exports what an application says and hears. The steps that a plugin goes through stay inside:
 * nobody may come to depend on them.
 */
@SuppressWarnings("requires-automatic") // HttpCore and Resilience4j have names and no more
module dev.cordon.engine {
    requires com.dylibso.chicory.runtime;
    requires com.dylibso.chicory.wasm;
    requires com.fasterxml.jackson.databind;
    requires dev.cordon.wasi;
    requires io.github.resilience4j.circuitbreaker;
    requires io.github.resilience4j.core;
    requires io.github.resilience4j.retry;
    requires java.management;
    requires java.net.http;
    requires org.apache.httpcomponents.core5.httpcore5;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires org.bouncycastle.util;
    requires org.objectweb.asm;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports dev.cordon;
    exports dev.cordon.bridge;
    exports dev.cordon.bundle;
    exports dev.cordon.capability;
    exports dev.cordon.data;
    exports dev.cordon.error;
    exports dev.cordon.extism;
    exports dev.cordon.host;
    exports dev.cordon.manifest;
    exports dev.cordon.monitor;
    exports dev.cordon.quota;
    exports dev.cordon.scan;
    exports dev.cordon.scan.advisory;
    exports dev.cordon.trust;
    exports dev.cordon.trust.key;
    exports dev.cordon.trust.sign;
}

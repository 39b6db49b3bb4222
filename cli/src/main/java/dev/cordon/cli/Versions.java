package dev.cordon.cli;

import com.dylibso.chicory.wasm.Version;

/** Which versions this is. */
final class Versions {
    private Versions() {}

    /** What {@code --version} shows: one line each. */
    static String text() {
        return "Cordon " + cordon() + "\nChicory " + Version.version() + "\nJava " + java() + "\n";
    }

    /** The version of Cordon alone, as Semantic Versioning has it. */
    static String semantic() {
        String version = Versions.class.getPackage().getImplementationVersion();
        return version == null ? "0.0.0-development" : version;
    }

    /** The version in our jar's manifest; classes outside of a jar have none. */
    private static String cordon() {
        String version = Versions.class.getPackage().getImplementationVersion();
        return version == null ? "(development build)" : version;
    }

    private static String java() {
        return Runtime.version() + " (" + System.getProperty("java.vm.name", "unknown") + ")";
    }
}

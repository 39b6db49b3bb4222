package dev.cordon.runtime;

import java.util.BitSet;
import java.util.Map;

/**
 * The class files of a compiled module, and which of its functions they do not hold.
 *
 * @param classes class files by binary name
 * @param interpreted indices of functions that are too large for the JVM
 */
record GeneratedClasses(Map<String, byte[]> classes, BitSet interpreted) {

    /** Defines the classes in a loader of their own, so that they go when the module goes. */
    GuestCode load() {
        Loader loader = new Loader(classes);
        Module here = GeneratedClasses.class.getModule();
        if (here.isNamed()) {
            here.addExports(GuestState.class.getPackageName(), loader.getUnnamedModule());
        }
        try {
            String entry = ModuleLayout.PACKAGE.replace('/', '.') + "Entry";
            return (GuestCode) loader.loadClass(entry).getConstructor().newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new IllegalStateException("generated code does not load", e);
        }
    }

    private static final class Loader extends ClassLoader {
        private final Map<String, byte[]> classes;

        Loader(Map<String, byte[]> classes) {
            super("cordon-guest", GeneratedClasses.class.getClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = classes.get(name);
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }
}

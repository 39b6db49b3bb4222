package dev.cordon.runtime;

import dev.cordon.meter.ModuleBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Valid modules at random, the same for the same seed.
 *
 * <p>Every module has one memory that does not grow by itself, two tables, four globals and some
 * functions. A function has the number of further nested calls it may make as its first parameter,
 * and every loop has a counter, so that every module ends.
 */
final class ModuleGenerator {
    static final String KINDS = "iIfF";
    private static final int FUNCTIONS = 6;

    final Random random;
    final boolean exceptions;
    final List<String> parameters = new ArrayList<>();
    final List<String> results = new ArrayList<>();
    private final List<Integer> types = new ArrayList<>();
    private final List<String> bodies = new ArrayList<>();
    private int payload;

    ModuleGenerator(long seed, boolean exceptions) {
        this.random = new Random(seed);
        this.exceptions = exceptions;
    }

    /** The module; its exports are {@code f0}, {@code f1} and so on. */
    ModuleBuilder module() {
        for (int i = 0; i < FUNCTIONS; i++) {
            parameters.add("i" + kinds(random.nextInt(3)));
            results.add(kinds(i == 0 ? 1 : random.nextInt(3)));
        }
        ModuleBuilder module = new ModuleBuilder().memory(1, 3);
        module.tag("");
        module.tag("iF");
        payload = module.type("", "iF");
        for (int i = 0; i < FUNCTIONS; i++) {
            types.add(module.type(parameters.get(i), results.get(i)));
        }
        String locals = BodyGenerator.LOCALS;
        for (int i = 0; i < FUNCTIONS; i++) {
            BodyGenerator body = new BodyGenerator(this, parameters.get(i) + locals);
            bodies.add(body.function(results.get(i)));
            module.function(parameters.get(i), results.get(i), locals, bodies.get(i));
            module.export("f" + i, i);
        }
        return surroundings(module);
    }

    private ModuleBuilder surroundings(ModuleBuilder module) {
        module.table('r', 8, 20);
        module.table('e', 3, 20);
        module.elements(1, 0, 1, 2, 3, 4).passiveElements(5, 4, 3);
        byte[] data = new byte[300];
        random.nextBytes(data);
        module.data(random.nextInt(60_000), data).passiveData(data);
        module.global('i', "i32.const " + random.nextInt());
        module.global('I', "i64.const " + random.nextLong());
        module.global('f', "f32.const " + random.nextFloat());
        module.global('F', "f64.const " + random.nextDouble());
        return module;
    }

    int type(int function) {
        return types.get(function);
    }

    /** The type of a block that gives what tag 1 carries. */
    int payload() {
        return payload;
    }

    /** The bodies as texts, for whoever looks at a failure. */
    List<String> bodies() {
        return bodies;
    }

    String kinds(int count) {
        StringBuilder kinds = new StringBuilder();
        for (int i = 0; i < count; i++) {
            kinds.append(kind());
        }
        return kinds.toString();
    }

    char kind() {
        return KINDS.charAt(random.nextInt(4));
    }

    @SafeVarargs
    final <T> T oneOf(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}

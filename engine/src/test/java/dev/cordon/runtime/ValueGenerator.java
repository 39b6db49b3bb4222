package dev.cordon.runtime;

import dev.cordon.runtime.ExpressionGenerator.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Expressions at random inside one function of a random module. */
class ValueGenerator {
    /** After the parameters: one local of each kind, four counters of loops, two scratch floats. */
    static final String LOCALS = "iIfFiiiifF";

    private static final int FIRST_COUNTER = 4;
    private static final int FIRST_SCRATCH = 8;

    final ModuleGenerator module;
    final Random random;
    final StringBuilder out = new StringBuilder();
    final int ownLocals;

    /** What a branch to each open block takes, the innermost last; null where none may go. */
    final List<String> labels = new ArrayList<>();

    private final String locals;
    private int budget = 250;

    ValueGenerator(ModuleGenerator module, String locals) {
        this.module = module;
        this.random = module.random;
        this.locals = locals;
        this.ownLocals = locals.length() - LOCALS.length();
    }

    final void emit(String text) {
        out.append(text).append(' ');
        budget--;
    }

    final boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    final boolean exhausted() {
        return budget < 0;
    }

    final int counter(int loop) {
        return ownLocals + FIRST_COUNTER + loop;
    }

    /** A local of this kind that any code may change; local 0 bounds the recursion. */
    final int local(char kind) {
        for (int i = random.nextInt(ownLocals); i > 0; i--) {
            if (locals.charAt(i) == kind) {
                return i;
            }
        }
        return ownLocals + ExpressionGenerator.index(kind);
    }

    final void values(String kinds, int depth) {
        kinds.chars().forEach(kind -> value((char) kind, depth));
    }

    final void value(char kind, int depth) {
        int choice = depth <= 0 || exhausted() ? random.nextInt(3) : random.nextInt(14);
        switch (choice) {
            case 0 -> emit(ExpressionGenerator.constant(kind, random));
            case 1 -> emit("local.get " + local(kind));
            case 2 -> emit("global.get " + ExpressionGenerator.index(kind));
            case 3 -> load(kind, depth);
            case 4 -> {
                values("" + kind + kind + "i", depth - 1);
                emit("select");
            }
            case 5 -> {
                value('i', depth - 1);
                emit("if " + kind);
                inside("" + kind, () -> value(kind, depth - 1));
                emit("else");
                inside("" + kind, () -> value(kind, depth - 1));
                emit("end");
            }
            case 6 -> {
                emit("block " + kind);
                inside("" + kind, () -> early(kind, depth - 1));
                emit("end");
            }
            case 7 -> {
                value(kind, depth - 1);
                emit("local.tee " + local(kind));
            }
            case 8 -> sizes(kind, depth);
            default -> operation(kind, depth);
        }
    }

    final void inside(String branchTakes, Runnable generator) {
        labels.add(branchTakes);
        generator.run();
        labels.remove(labels.size() - 1);
    }

    private void early(char kind, int depth) {
        value(kind, depth);
        value('i', depth);
        emit("br_if 0");
        if (chance(50)) {
            emit("drop");
            value(kind, depth);
        }
    }

    private void sizes(char kind, int depth) {
        if (kind == 'i') {
            emit(module.oneOf("memory.size", "table.size 0", "table.size 1"));
        } else {
            operation(kind, depth);
        }
    }

    private void load(char kind, int depth) {
        address(depth);
        String name = ExpressionGenerator.name(kind);
        String size =
                switch (kind) {
                    case 'i' -> module.oneOf("", "", "8_s", "8_u", "16_s", "16_u");
                    case 'I' -> module.oneOf("", "8_s", "8_u", "16_s", "16_u", "32_s", "32_u");
                    default -> "";
                };
        emit(name + ".load" + size + " " + module.oneOf(0, 1, 7, 100));
        if (kind == 'f' || kind == 'F') {
            withoutNan(kind);
        }
    }

    /** Mostly an address that exists. */
    final void address(int depth) {
        value('i', depth - 1);
        if (chance(97)) {
            emit("i32.const 65279 i32.and");
        }
    }

    /** Numbers alone are the same everywhere: the bits of a NaN are the machine's to choose. */
    final void withoutNan(char kind) {
        int scratch = ownLocals + FIRST_SCRATCH + (kind == 'f' ? 0 : 1);
        String name = ExpressionGenerator.name(kind);
        String get = "local.get " + scratch + " ";
        emit("local.tee " + scratch + " " + name + ".const 0 " + get + get + name + ".eq select");
    }

    private void operation(char kind, int depth) {
        List<Operation> all = ExpressionGenerator.giving(kind);
        Operation operation = all.get(random.nextInt(all.size()));
        String name = operation.name();
        boolean mayTrap = name.matches(".*(div_|rem_|trunc_f).*");
        if (mayTrap && chance(60)) {
            value(kind, depth - 1);
            return;
        }
        for (int i = 0; i < operation.takes().length(); i++) {
            char takes = operation.takes().charAt(i);
            value(takes, depth - 1);
            if ((takes == 'f' || takes == 'F') && name.matches(".*(reinterpret|copysign).*")) {
                withoutNan(takes);
            }
        }
        if (name.matches("i.*(div_|rem_).*") && chance(90)) {
            emit(ExpressionGenerator.name(kind) + ".const 1");
            emit(ExpressionGenerator.name(kind) + ".or");
        }
        emit(name);
    }
}

package dev.cordon.runtime;

/** Statements at random inside one function of a random module. */
final class BodyGenerator extends ValueGenerator {
    private static final int DEPTH = 3;

    private int loops;

    BodyGenerator(ModuleGenerator module, String locals) {
        super(module, locals);
    }

    /** The body of a function with these results. */
    String function(String results) {
        inside(
                results,
                () -> {
                    statements(DEPTH);
                    values(results, DEPTH);
                });
        return out.toString();
    }

    private void statements(int depth) {
        for (int i = random.nextInt(5); i >= 0 && !exhausted(); i--) {
            statement(depth);
        }
    }

    private void statement(int depth) {
        switch (random.nextInt(depth > 0 ? 18 : 6)) {
            case 0 -> emit("nop");
            case 1 -> set("local.set ", depth);
            case 2 -> set("global.set ", depth);
            case 3, 4 -> store(depth);
            case 5 -> branchIf();
            case 6 -> bulk(depth);
            case 7 -> tables(depth);
            case 8, 9 -> {
                emit("block -");
                inside("", () -> statements(depth - 1));
                emit("end");
            }
            case 10, 11 -> choice(depth);
            case 12, 13 -> loop(depth);
            case 14 -> branchTable(depth);
            case 15 -> leave(depth);
            case 16 -> exceptional(depth);
            default -> call(depth);
        }
    }

    private void set(String instruction, int depth) {
        char kind = module.kind();
        value(kind, depth);
        int global = ExpressionGenerator.index(kind);
        emit(instruction + (instruction.startsWith("local") ? local(kind) : global));
    }

    private void store(int depth) {
        char kind = module.kind();
        address(depth);
        value(kind, depth);
        String size = "";
        if (kind == 'f' || kind == 'F') {
            withoutNan(kind);
        } else {
            size = module.oneOf("", "8", "16");
        }
        emit(ExpressionGenerator.name(kind) + ".store" + size + " " + module.oneOf(0, 3, 200));
    }

    private void branchIf() {
        int label = label();
        String takes = labels.get(labels.size() - 1 - label);
        values(takes, 1);
        value('i', 1);
        emit("br_if " + label + " drop".repeat(takes.length()));
    }

    /** A block to branch to, counted from the innermost. */
    private int label() {
        int label;
        do {
            label = random.nextInt(labels.size());
        } while (labels.get(labels.size() - 1 - label) == null);
        return label;
    }

    private void choice(int depth) {
        value('i', depth);
        emit("if -");
        inside("", () -> statements(depth - 1));
        if (chance(50)) {
            emit("else");
            inside("", () -> statements(depth - 1));
        }
        emit("end");
    }

    private void loop(int depth) {
        if (loops == 3) {
            return;
        }
        int counter = counter(loops++);
        String count = "local.get " + counter + " i32.const 1 i32.sub local.tee " + counter;
        emit("i32.const " + (1 + random.nextInt(6)) + " local.set " + counter + " loop -");
        inside(
                null,
                () -> {
                    statements(depth - 1);
                    if (chance(30)) {
                        emit(count + " i32.const 0 i32.gt_s br_if 0");
                        statements(depth - 2);
                    }
                });
        emit(count + " i32.const 0 i32.gt_s br_if 0 end");
        loops--;
    }

    private void branchTable(int depth) {
        emit("block - block - block -");
        value('i', depth);
        emit("i32.const 3 i32.and br_table [ 0 1 2 1 ] 0 end");
        inside("", () -> inside("", () -> statements(depth - 1)));
        emit("end");
        inside("", () -> statements(depth - 1));
        emit("end");
    }

    private void leave(int depth) {
        value('i', depth);
        emit("if -");
        labels.add("");
        if (chance(5)) {
            emit("unreachable");
        } else if (chance(30)) {
            values(labels.get(0), 1);
            emit("return");
        } else {
            int label = label();
            values(labels.get(labels.size() - 1 - label), 1);
            emit("br " + label);
        }
        labels.remove(labels.size() - 1);
        emit("end");
    }

    private void exceptional(int depth) {
        if (!module.exceptions) {
            return;
        }
        switch (random.nextInt(5)) {
            case 0 -> {
                emit("block - try_table - [ catch_all 0 ]");
                inside("", () -> inside("", () -> statements(depth - 1)));
                emit("end end");
            }
            case 1 -> {
                emit("block " + module.payload() + " try_table - [ catch 1 0 ]");
                inside(null, () -> inside("", () -> statements(depth - 1)));
                emit("end i32.const 1 f64.const 2 end drop drop");
            }
            case 2 -> {
                emit("block - block x try_table - [ catch_all_ref 0 ]");
                inside("", () -> inside(null, () -> inside("", () -> statements(depth - 1))));
                emit("end br 1 end " + module.oneOf("drop", "throw_ref") + " end");
            }
            default -> {
                value('i', depth);
                emit("if -");
                if (chance(50)) {
                    emit("throw 0");
                } else {
                    values("iF", depth - 1);
                    emit("throw 1");
                }
                emit("end");
            }
        }
    }

    private void call(int depth) {
        int function = random.nextInt(module.parameters.size());
        emit("local.get 0 i32.const 0 i32.gt_s if - local.get 0 i32.const 1 i32.sub");
        labels.add("");
        values(module.parameters.get(function).substring(1), depth - 1);
        labels.remove(labels.size() - 1);
        if (chance(60)) {
            emit("call " + function);
        } else {
            emit("i32.const " + (chance(95) ? function + 1 : random.nextInt(12)));
            emit("call_indirect " + module.type(function) + " 0");
        }
        emit(" drop".repeat(module.results.get(function).length()) + " end");
    }

    private void bulk(int depth) {
        String size = "i32.const " + random.nextInt(200);
        switch (random.nextInt(6)) {
            case 0 -> {
                address(depth);
                value('i', 1);
                emit(size + " memory.fill");
            }
            case 1 -> {
                address(depth);
                address(depth);
                emit(size + " memory.copy");
            }
            case 2 -> {
                address(depth);
                emit("i32.const 50 " + size + " memory.init 1");
            }
            case 3 -> emit(chance(10) ? "data.drop 1" : "nop");
            default -> emit("i32.const " + random.nextInt(2) + " memory.grow drop");
        }
    }

    private void tables(int depth) {
        int table = random.nextInt(2);
        String nothing = "ref.null " + (table == 0 ? "r" : "e");
        switch (random.nextInt(7)) {
            case 0 -> {
                // the validator of the runtime beneath refuses a function that refers to itself
                int another = (module.bodies().size() + 1) % module.parameters.size();
                emit("i32.const " + random.nextInt(9) + " ref.func " + another + " table.set 0");
            }
            case 1 -> emit(nothing + " i32.const 1 table.grow " + table + " drop");
            case 2 -> emit("i32.const 1 " + nothing + " i32.const 2 table.fill " + table);
            case 3 -> emit("i32.const 3 i32.const 1 i32.const 4 table.copy 0 0");
            case 4 -> emit("i32.const 2 i32.const 0 i32.const 3 table.init 1 0");
            case 5 -> {
                emit("i32.const " + random.nextInt(9) + " table.get 0 ref.is_null");
                emit("local.set " + local('i'));
            }
            default -> emit(chance(10) ? "elem.drop 1" : "nop");
        }
    }
}

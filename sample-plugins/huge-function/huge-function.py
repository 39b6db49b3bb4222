"""
Does: computes with one function that is too large for a method of the JVM (64 KB of bytecode).

Must: succeed; it returns 1 if the result is wrong. Its fuel is the same in every engine.
"""
from wasm import I32, body, code, function_export, function_type, module, write

STEPS = 6_000
ROUNDS = 100
MASK = 2**32 - 1


def constant(step):
    return (step * 2654435761 + 12345) & 0xFFFF


def step_of(value, step):
    product = value * (constant(step) | 1) & MASK
    mixed = (product ^ step) & MASK
    return (mixed << 5 | mixed >> 27) & MASK


lines = ["loop"]
for step in range(STEPS):
    lines.append(f"local.get 0\n i32.const {constant(step) | 1}\n i32.mul")
    lines.append(f"i32.const {step}\n i32.xor\n i32.const 5\n i32.rotl\n local.set 0")
lines.append("local.get 1\n i32.const 1\n i32.add\n local.tee 1")
lines.append(f"i32.const {ROUNDS}\n i32.lt_u\n br_if 0\n end\n local.get 0")

expected = 1
for _ in range(ROUNDS):
    for step in range(STEPS):
        expected = step_of(expected, step)
expected -= 2**32 if expected >= 2**31 else 0

write(module(
    [function_type([I32], [I32]), function_type([], [I32])],
    [("huge", 0, body(code("\n".join(lines)), [(1, I32)])),
     ("run", 1, body(code(f"i32.const 1\n call 0\n i32.const {expected}\n i32.ne")))],
    [function_export("run", 1)]))

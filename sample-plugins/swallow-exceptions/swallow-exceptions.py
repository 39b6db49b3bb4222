"""
Tries: to survive whatever stops it, by catching everything and trying again for ever.

Must: each command ends as if nothing were caught: "run" out of fuel, "around_trap" and
"around_host" in a trap, "around_recursion" as too deep.
"""
from wasm import I32, body, code, function_export, function_type, module, write

RETRY = """
loop
  block
    try_table
      call {}
    end
  end
  br 0
end
unreachable
"""

NAMES = ["run", "around_trap", "around_host", "around_recursion"]
ATTEMPTS = {
    "endless": "loop\n br 0\n end",
    "trap": "unreachable",
    "host": "i32.const -16\n i32.const 32\n call 0\n drop",  # output_write beyond memory
    "recursion": "call 4\n call 4",
}

functions = [(name, 0, body(code(source))) for name, source in ATTEMPTS.items()]
functions += [(name, 1, body(code(RETRY.format(1 + i)))) for i, name in enumerate(NAMES)]
write(module(
    [function_type([], []), function_type([], [I32]), function_type([I32, I32], [I32])],
    functions,
    [function_export(name, 1 + len(ATTEMPTS) + i) for i, name in enumerate(NAMES)],
    imports=[("cordon", "output_write", 2)],
    memory=1))

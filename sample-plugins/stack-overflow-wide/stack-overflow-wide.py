"""
Tries: to overflow the host's stack with few calls, each of which keeps 200 values alive.

Must: end as too deep.
"""
from wasm import I32, I64, body, code, function_export, function_type, module, write

LOCALS = 200

lines = []
for i in range(1, LOCALS + 1):  # local i is the depth plus local i - 1
    lines.append("local.get 0\n i64.extend_i32_u")
    if i > 1:
        lines.append(f"local.get {i - 1}\n i64.add")
    lines.append(f"local.set {i}")
lines.append("local.get 0\n i32.const 1\n i32.add\n call 0")
for i in range(1, LOCALS + 1):  # all of them are needed afterwards
    lines.append(f"local.get {i}\n i64.add")

write(module(
    [function_type([I32], [I64]), function_type([], [I32])],
    [("deeper", 0, body(code("\n".join(lines)), [(LOCALS, I64)])),
     ("run", 1, body(code("i32.const 0\n call 0\n i32.wrap_i64")))],
    [function_export("run", 1)]))

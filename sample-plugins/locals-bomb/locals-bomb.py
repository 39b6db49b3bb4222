"""
Tries: to make compilation take minutes: 400 functions of 50,000 locals in 4 KB.

Must: be refused by a limit or the compile budget, or succeed within seconds.
"""
from wasm import I32, I64, body, code, function_export, function_type, module, write

write(module(
    [function_type([], [I32])],
    [("", 0, body(code("i32.const 0"), [(50_000, I64)])) for _ in range(400)],
    [function_export("run", 0)]))

"""
Tries: to make an analysis of loops take quadratic time: 80,000 empty loops one after another.

Must: be refused by a limit or the compile budget, or succeed within seconds.
"""
from wasm import I32, body, code, function_export, function_type, module, write

write(module(
    [function_type([], [I32])],
    [("run", 0, body(code("loop\n end") * 80_000 + code("i32.const 0")))],
    [function_export("run", 0)]))

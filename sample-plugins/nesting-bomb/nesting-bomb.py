"""
Tries: to overflow the stack of a recursive parser or compiler: 30,000 nested blocks.

Must: be refused by a limit or the compile budget, or succeed within seconds.
"""
from wasm import I32, body, code, function_export, function_type, module, write

DEPTH = 30_000

write(module(
    [function_type([], [I32])],
    [("run", 0, body(code("block") * DEPTH + code("end") * DEPTH + code("i32.const 0")))],
    [function_export("run", 0)]))

"""
Tries: to make compilation slow with 10 functions that are one branch table of 15,000 labels each.

Must: be refused by a limit or the compile budget, or succeed within seconds.
"""
from wasm import I32, body, code, function_export, function_type, module, unsigned, vector, write

table = b"\x0e" + vector([unsigned(0)] * 15_000) + unsigned(0)
content = code("block\n local.get 0") + table + code("end\n i32.const 0")

write(module(
    [function_type([], [I32])],
    [("", 0, body(content, [(1, I32)])) for _ in range(10)],
    [function_export("run", 0)]))

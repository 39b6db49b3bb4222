"""
Tries: to mislead who reads its names: text that runs backwards, a letter of another script, the
name of a host function.

Must: load and succeed; `cordon scan` says WVS-O002 three times, of the level medium.
"""
from wasm import I32, body, code, function_export, function_type, module, write

EMPTY = body(code("i32.const 0"))

write(module(
    [function_type([], [I32])],
    [("run", 0, EMPTY), ("ok\u202etxt", 0, EMPTY), ("c\u043epy", 0, EMPTY),
     ("cordon.log", 0, EMPTY)],
    [function_export("run", 0)]))

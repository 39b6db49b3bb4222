"""
Tries: to use structures that live on the host's heap.

Must: be refused, as the profile leaves the proposal gc out.
"""
from wasm import I32, STRUCT, body, code, function_export, function_type, module, vector, write

point = bytes([STRUCT]) + vector([bytes([I32, 0])])

write(module(
    [point, function_type([], [I32])],
    [("run", 1, body(code("i32.const 0\n struct.new 0\n struct.get 0 0")))],
    [function_export("run", 0)]))

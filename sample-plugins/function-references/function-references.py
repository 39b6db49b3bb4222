"""
Tries: to call a function through a typed reference.

Must: be refused, as the profile leaves the proposal function-references out.
"""
from wasm import I32, body, code, function_export, function_type, module, write

write(module(
    [function_type([], [I32])],
    [("zero", 0, body(code("i32.const 0"))),
     ("run", 0, body(code("ref.func 0\n call_ref 0")))],
    [function_export("zero", 0), function_export("run", 1)]))

"""
Tries: to drown one finding among thousands: 2,000 functions that never end, and one that is called
like a function of the host.

Must: load and succeed; the report of `cordon scan` keeps some findings of each rule, says how many
it left out, and shows the odd one.
"""
from wasm import I32, body, code, function_export, function_type, module, write

ENDLESS = body(code("loop\nbr 0\nend\nunreachable"))

write(module(
    [function_type([], []), function_type([], [I32])],
    [("run", 1, body(code("i32.const 0")))] + [("", 0, ENDLESS)] * 2000
    + [("cordon.log", 0, ENDLESS)],
    [function_export("run", 0)]))

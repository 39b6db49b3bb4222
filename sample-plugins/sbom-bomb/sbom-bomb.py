"""
Tries: to fill the memory of whoever reads the list of its parts, which inflates to 16 MiB.

Must: load and succeed, since nobody needs the list to run it; `cordon scan` fails with WVS-V003.
"""
import zlib

from wasm import I32, body, code, function_export, function_type, module, section, text, write

write(module(
    [function_type([], [I32])],
    [("run", 0, body(code("i32.const 0")))],
    [function_export("run", 0)])
    + section(0, text(".dep-v0") + zlib.compress(b" " * (16 << 20), 9)))

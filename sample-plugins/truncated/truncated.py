"""
Tries: nothing; a module that lost its last 5 bytes, in the middle of its code.

Must: be refused as malformed.
"""
from wasm import HEADER, I32, body, code, function_export, function_type, section, vector, write

whole = HEADER + b"".join([
    section(1, vector([function_type([], [I32])])),
    section(3, vector([b"\0"])),
    section(7, vector([function_export("run", 0)])),
    section(10, vector([body(code("nop\n" * 10 + "i32.const 0"))])),
])
write(whole[:-5])

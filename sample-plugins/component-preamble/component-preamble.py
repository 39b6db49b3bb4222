"""
Tries: nothing; it is the start of a component, which is another format than a module.

Must: be refused as a component.
"""
from wasm import write

write(b"\0asm\x0d\0\1\0")

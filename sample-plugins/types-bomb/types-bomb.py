"""
Tries: to make the host allocate for 2^32 - 1 types, of which it holds one.

Must: be refused as malformed or by a limit, before the host allocates.
"""
from wasm import HEADER, I32, function_type, section, unsigned, write

write(HEADER + section(1, unsigned(2**32 - 1) + function_type([], [I32])))

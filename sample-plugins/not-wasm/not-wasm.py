"""
Tries: to pass a shell script off as a module.

Must: be refused as malformed.
"""
from wasm import write

write(b"#!/bin/sh\necho this is no WebAssembly module\n")

"""
Tries: to wear the host out with exceptions: throws one and catches it, for ever.

Must: end out of fuel, within the time that other programs take for the same fuel or nearly.
"""
from wasm import I32, body, code, function_export, function_type, module, write

STORM = """
loop
  block
    try_table
      throw 0
    end
  end
  br 0
end
unreachable
"""

write(module(
    [function_type([], []), function_type([], [I32])],
    [("run", 1, body(code(STORM)))],
    [function_export("run", 0)],
    tags=[0]))

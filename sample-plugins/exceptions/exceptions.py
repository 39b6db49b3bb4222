"""
Does: throws in one function and catches in another, a thousand times.

Must: succeed; it returns 1 if fewer were caught.
"""
from wasm import I32, body, code, function_export, function_type, module, write

RUN = """
loop
  block
    try_table
      call 0
      i32.const 1  ; not reached
      return
    end
  end
  local.get 0
  i32.const 1
  i32.add
  local.tee 0
  i32.const 1000
  i32.lt_u
  br_if 0
end
local.get 0
i32.const 1000
i32.ne
"""

write(module(
    [function_type([], []), function_type([], [I32])],
    [("throws", 0, body(code("throw 0"))),
     ("run", 1, body(code(RUN), [(1, I32)]))],
    [function_export("run", 1)],
    tags=[0]))

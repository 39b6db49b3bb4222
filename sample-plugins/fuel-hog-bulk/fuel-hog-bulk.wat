;; Tries: to get much work for few instructions: fills and copies 8 MiB at a time for ever.
;; Must: end out of fuel soon, as bytes are paid for, not only instructions.
(module
  (memory (export "memory") 256 256)
  (func $run (export "run") (result i32)
    (loop $for_ever
      (memory.fill (i32.const 0) (i32.const 7) (i32.const 8388608))
      (memory.copy (i32.const 8388608) (i32.const 0) (i32.const 8388608))
      (br $for_ever))
    (unreachable)))

;; Tries: to write beyond its memory with a data segment, before any code runs.
;; Must: end in a trap.
(module
  (memory (export "memory") 1 1)
  (data (i32.const 65530) "ten bytes.")
  (func $run (export "run") (result i32) (i32.const 0)))

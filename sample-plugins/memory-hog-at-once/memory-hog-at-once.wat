;; Tries: to take 2 GiB without asking, by declaring them.
;; Must: end as over its memory, before it runs and before the host allocates.
(module
  (memory (export "memory") 32767)
  (func $run (export "run") (result i32) (i32.const 0)))

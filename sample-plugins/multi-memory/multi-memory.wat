;; flags: --enable-multi-memory
;; Tries: to use two memories.
;; Must: be refused, as the profile leaves the proposal multi-memory out.
(module
  (memory $first 1 1)
  (memory $second 1 1)
  (func $run (export "run") (result i32) (i32.load $second (i32.const 0))))

;; flags: --enable-memory64
;; Tries: to use a memory with 64-bit addresses.
;; Must: be refused, as the profile leaves the proposal memory64 out.
(module
  (memory (export "memory") i64 1 1)
  (func $run (export "run") (result i32) (i32.load (i64.const 0))))

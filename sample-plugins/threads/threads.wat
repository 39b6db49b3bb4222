;; flags: --enable-threads
;; Tries: to use a shared memory and atomic instructions.
;; Must: be refused, as the profile leaves the proposal threads out.
(module
  (memory (export "memory") 1 1 shared)
  (func $run (export "run") (result i32)
    (i32.atomic.rmw.add (i32.const 0) (i32.const 1))))

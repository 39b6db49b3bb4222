;; Tries: nothing; executes unreachable two calls deep.
;; Must: end in a trap whose guest stack names inner, middle and run.
(module
  (func $inner (unreachable))
  (func $middle (call $inner))
  (func $run (export "run") (result i32) (call $middle) (i32.const 0)))

;; Tries: to run for ever in a loop whose only way back is a conditional branch.
;; Must: end out of fuel.
(module
  (func $run (export "run") (result i32)
    (loop $for_ever (br_if $for_ever (i32.const 1)))
    (i32.const 0)))

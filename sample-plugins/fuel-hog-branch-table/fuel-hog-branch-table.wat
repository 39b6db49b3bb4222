;; Tries: to run for ever in a loop whose only way back is a branch table.
;; Must: end out of fuel.
(module
  (func $run (export "run") (result i32)
    (local $turn i32)
    (loop $for_ever
      (local.set $turn (i32.add (local.get $turn) (i32.const 1)))
      (br_table $for_ever $for_ever $for_ever (local.get $turn)))
    (unreachable)))

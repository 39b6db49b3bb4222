;; Tries: to run for ever in two functions that call each other, without a loop and without depth:
;; each level calls the next twice, so 60 levels make 2^60 calls.
;; Must: end out of fuel.
(module
  (func $even (param $levels i32)
    (if (local.get $levels)
      (then
        (call $odd (i32.sub (local.get $levels) (i32.const 1)))
        (call $odd (i32.sub (local.get $levels) (i32.const 1))))))
  (func $odd (param $levels i32)
    (if (local.get $levels)
      (then
        (call $even (i32.sub (local.get $levels) (i32.const 1)))
        (call $even (i32.sub (local.get $levels) (i32.const 1))))))
  (func $run (export "run") (result i32)
    (call $even (i32.const 60))
    (i32.const 0)))

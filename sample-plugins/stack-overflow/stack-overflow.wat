;; Tries: to overflow the stack by calling itself for ever.
;; Must: end as too deep.
(module
  (func $deeper (param $depth i32) (result i32)
    (i32.add (call $deeper (i32.add (local.get $depth) (i32.const 1))) (i32.const 1)))
  (func $run (export "run") (result i32) (call $deeper (i32.const 0))))

;; Tries: to call a function through a table as if it were of another type.
;; Must: end in a trap.
(module
  (table 1 1 funcref)
  (elem (i32.const 0) $takes_nothing)
  (func $takes_nothing (result i32) (i32.const 7))
  (type $takes_two (func (param i64 i64) (result i32)))
  (func $run (export "run") (result i32)
    (call_indirect (type $takes_two) (i64.const 1) (i64.const 2) (i32.const 0))))

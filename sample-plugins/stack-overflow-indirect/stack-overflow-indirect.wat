;; Tries: to overflow the stack by calling itself for ever, through a table.
;; Must: end as too deep.
(module
  (type $step (func (param i32) (result i32)))
  (table 1 1 funcref)
  (elem (i32.const 0) $deeper)
  (func $deeper (type $step)
    (i32.add
      (call_indirect (type $step) (i32.add (local.get 0) (i32.const 1)) (i32.const 0))
      (i32.const 1)))
  (func $run (export "run") (result i32)
    (call_indirect (type $step) (i32.const 0) (i32.const 0))))

;; Tries: to call table elements that are null, or beyond the table's end.
;; Must: every command ends in a trap.
(module
  (type $step (func (result i32)))
  (table 100 100 funcref)
  (func $run (export "run") (result i32)
    (call_indirect (type $step) (i32.const 5)))
  (func $beyond (export "beyond") (result i32)
    (call_indirect (type $step) (i32.const -1))))

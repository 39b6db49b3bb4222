;; Tries: the arithmetic that has no result.
;; Must: every command ends in a trap.
(module
  (func $run (export "run") (result i32)
    (i32.div_s (i32.const 1) (i32.const 0)))
  (func $overflow (export "overflow") (result i32)
    (i32.div_s (i32.const 0x80000000) (i32.const -1)))
  (func $remainder (export "remainder") (result i32)
    (i32.wrap_i64 (i64.rem_u (i64.const 1) (i64.const 0))))
  (func $convert (export "convert") (result i32)
    (i32.trunc_f64_s (f64.const nan))))

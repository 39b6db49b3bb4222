;; flags: --no-check
;; Tries: to confuse the host with a function that leaves a value of another type than it says.
;; Must: be refused as invalid.
(module
  (func $run (export "run") (result i32) (i64.const 1)))

;; Tries: to import a function of the host with another type than it has.
;; Must: be refused as an unknown import.
(module
  (import "cordon" "input_length" (func $input_length (param i64) (result i64)))
  (func $run (export "run") (result i32)
    (i32.wrap_i64 (call $input_length (i64.const 1)))))

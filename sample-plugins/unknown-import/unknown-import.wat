;; Tries: to import a function that no host offers.
;; Must: be refused as an unknown import, by name.
(module
  (import "env" "open_the_gates" (func $open_the_gates (param i32) (result i32)))
  (func $run (export "run") (result i32) (call $open_the_gates (i32.const 1))))

;; Tries: to use a memory that the host, and so perhaps another plugin, would own.
;; Must: be refused as an unknown import.
(module
  (import "env" "memory" (memory 1))
  (func $run (export "run") (result i32) (i32.load (i32.const 0))))

;; flags: --no-check
;; Tries: to call functions past its last, which would exist if a meter added functions before
;; the module is validated.
;; Must: be refused as invalid.
(module
  (func $run (export "run") (result i32)
    (call 1)
    (call 2)
    (i32.const 0)))

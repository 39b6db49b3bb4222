;; flags: --no-check
;; Tries: to fill its own fuel tank: it sets the globals 0 and 1, which it does not declare, but
;; which would exist if a meter added globals before the module is validated.
;; Must: be refused as invalid.
(module
  (func $run (export "run") (result i32)
    (loop $for_ever
      (global.set 0 (i64.const 0x7fffffffffffffff))
      (global.set 1 (i64.const 0x7fffffffffffffff))
      (br $for_ever))
    (unreachable)))

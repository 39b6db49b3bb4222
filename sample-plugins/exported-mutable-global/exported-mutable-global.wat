;; Tries: to keep state from one call to the next in a global that the host can see.
;; Must: succeed whenever it is called with fresh state; it returns 1 if the global was changed.
(module
  (global $fuel (export "fuel") (mut i64) (i64.const 1))
  (func $run (export "run") (result i32)
    (if (i64.ne (global.get $fuel) (i64.const 1)) (then (return (i32.const 1))))
    (global.set $fuel (i64.const 0x7fffffffffffffff))
    (i32.const 0)))

;; flags: --enable-tail-call
;; Tries: a hundred, or ten million, nested tail calls. Engines may run tail calls as calls.
;; Must: "shallow" succeeds; "deep" ends as too deep, or succeeds where tail calls take no stack.
(module
  (func $count (param $left i32) (result i32)
    (if (i32.eqz (local.get $left)) (then (return (i32.const 0))))
    (return_call $count (i32.sub (local.get $left) (i32.const 1))))
  (func $shallow (export "shallow") (result i32) (call $count (i32.const 100)))
  (func $deep (export "deep") (result i32) (call $count (i32.const 10000000))))

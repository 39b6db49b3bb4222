;; Tries: to get at sockets that its manifest does not speak of, and asks for files that it cannot use.
;; Must: load and succeed (it was granted neither); `cordon scan` fails with WVS-C002 and says WVS-C003.
(module
  (import "wasi_snapshot_preview1" "sock_accept" (func $accept (param i32 i32 i32) (result i32)))
  (memory (export "memory") 1 1)
  (func $run (export "run") (result i32)
    (drop (call $accept (i32.const 3) (i32.const 0) (i32.const 0)))
    (i32.const 0)))

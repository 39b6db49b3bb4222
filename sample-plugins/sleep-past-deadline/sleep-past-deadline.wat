;; Tries: to hold a thread of the host by sleeping for an hour.
;; Must: end past its deadline, as soon as that comes.
(module
  (import "wasi_snapshot_preview1" "poll_oneoff"
    (func $poll_oneoff (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1 1)
  (func $start (export "_start")
    ;; A subscription at 0: type clock (8), clock monotonic (16), timeout in nanoseconds (24).
    (i32.store8 (i32.const 8) (i32.const 0))
    (i32.store (i32.const 16) (i32.const 1))
    (i64.store (i32.const 24) (i64.const 3600000000000))
    (drop
      (call $poll_oneoff (i32.const 0) (i32.const 64) (i32.const 1) (i32.const 128)))))

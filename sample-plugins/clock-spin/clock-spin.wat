;; Tries: to run for ever in host functions, by asking for the time until an hour has passed.
;; Must: end past its deadline, or out of fuel, whichever comes first.
(module
  (import "wasi_snapshot_preview1" "clock_time_get"
    (func $clock_time_get (param i32 i64 i32) (result i32)))
  (memory (export "memory") 1 1)
  (func $now (result i64)
    (drop (call $clock_time_get (i32.const 1) (i64.const 1) (i32.const 0)))
    (i64.load (i32.const 0)))
  (func $start (export "_start")
    (local $end i64)
    (local.set $end (i64.add (call $now) (i64.const 3600000000000)))
    (loop $wait
      (br_if $wait (i64.lt_u (call $now) (local.get $end))))))

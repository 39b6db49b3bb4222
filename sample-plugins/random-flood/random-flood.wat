;; Tries: to make the host produce 2^31 random bytes at once, into 16 MiB of memory, and then
;; 1 MiB at a time for ever.
;; Must: the first is refused (exit status 1 if it is not) or traps; the rest ends out of fuel.
(module
  (import "wasi_snapshot_preview1" "random_get"
    (func $random_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 256 256)
  (func $start (export "_start")
    (if (i32.eqz (call $random_get (i32.const 0) (i32.const 0x80000000)))
      (then (call $proc_exit (i32.const 1))))
    (loop $for_ever
      (drop (call $random_get (i32.const 0) (i32.const 0x100000)))
      (br $for_ever))))

;; Tries: to fill the host's memory or disk through stderr, 64 KiB at a time.
;; Must: end as over its output: it writes until refused and then traps.
(module
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 2 2)
  (func $start (export "_start")
    (i32.store (i32.const 0) (i32.const 65536))
    (i32.store (i32.const 4) (i32.const 65536))
    (memory.fill (i32.const 65536) (i32.const 0x79) (i32.const 65536))
    (loop $more
      (br_if $more
        (i32.eqz
          (call $fd_write (i32.const 2) (i32.const 0) (i32.const 1) (i32.const 8)))))
    (unreachable)))

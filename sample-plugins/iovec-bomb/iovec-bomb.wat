;; Tries: to make the host copy or allocate much for little: lists of buffers whose size wraps
;; past 2^32, a buffer of 4 GiB, and 1,024 buffers that are each the whole memory.
;; Must: the first three are refused (exit status 1, 2 or 3 for the one that is not) or trap; the
;; last goes on until refused and then traps, and ends as over its output.
(module
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read"
    (func $fd_read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1 1)
  (func $start (export "_start")
    (local $at i32)
    (if (i32.eqz
          (call $fd_write (i32.const 1) (i32.const 0) (i32.const 0x20000000) (i32.const 16)))
      (then (call $proc_exit (i32.const 1))))
    (i32.store (i32.const 0) (i32.const 16))
    (i32.store (i32.const 4) (i32.const 0xffffffff))
    (if (i32.eqz (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
      (then (call $proc_exit (i32.const 2))))
    (if (i32.eqz (call $fd_read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))
      (then (call $proc_exit (i32.const 3))))
    (loop $next
      (i32.store (local.get $at) (i32.const 0))
      (i32.store offset=4 (local.get $at) (i32.const 65536))
      (local.set $at (i32.add (local.get $at) (i32.const 8)))
      (br_if $next (i32.lt_u (local.get $at) (i32.const 8192))))
    (loop $more
      (br_if $more
        (i32.eqz
          (call $fd_write
            (i32.const 1) (i32.const 0) (i32.const 1024) (i32.const 8192)))))
    (unreachable)))

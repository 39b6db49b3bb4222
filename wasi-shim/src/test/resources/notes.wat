;; Copies in.txt to out/copy.txt, then tries secret.txt; exits with the error number of that.
(module
  (import "wasi_snapshot_preview1" "path_open"
    (func $path_open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read"
    (func $fd_read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 512) "in.txt")
  (data (i32.const 544) "out/copy.txt")
  (data (i32.const 576) "secret.txt")
  (global $read i64 (i64.const 2))
  (global $write i64 (i64.const 64))

  ;; Opens a path below descriptor 3 and gives the error number; the descriptor is at 16.
  (func $open (param $path i32) (param $length i32) (param $how i32) (param $rights i64)
    (result i32)
    (call $path_open (i32.const 3) (i32.const 1) (local.get $path) (local.get $length)
      (local.get $how) (local.get $rights) (i64.const 0) (i32.const 0) (i32.const 16)))

  (func (export "_start") (local $in i32)
    (drop (call $open (i32.const 512) (i32.const 6) (i32.const 0) (global.get $read)))
    (local.set $in (i32.load (i32.const 16)))
    (drop (call $open (i32.const 544) (i32.const 12) (i32.const 9) (global.get $write)))
    (i32.store (i32.const 0) (i32.const 1024))
    (i32.store (i32.const 4) (i32.const 1000))
    (drop (call $fd_read (local.get $in) (i32.const 0) (i32.const 1) (i32.const 8)))
    (i32.store (i32.const 4) (i32.load (i32.const 8)))
    (drop (call $fd_write (i32.load (i32.const 16)) (i32.const 0) (i32.const 1) (i32.const 8)))
    (call $proc_exit (call $open (i32.const 576) (i32.const 10) (i32.const 0) (global.get $read)))
    unreachable))

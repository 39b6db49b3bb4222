;; A plug-in for Extism that uses handles it was never given.
;;
;;     wander    reads, writes and frees what is not its own; answers A if nothing came of it
;;     key       names a variable by a handle that it made up
;;     log       logs a block that it has freed
;;     bomb      asks for a block of 2^63 bytes, and traps since it got none
;;     blocks    allocates blocks of one byte until it gets no more, and traps
(module
  (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
  (import "extism:host/env" "free" (func $free (param i64)))
  (import "extism:host/env" "length" (func $length (param i64) (result i64)))
  (import "extism:host/env" "load_u64" (func $load (param i64) (result i64)))
  (import "extism:host/env" "load_u8" (func $load_byte (param i64) (result i32)))
  (import "extism:host/env" "store_u64" (func $store (param i64 i64)))
  (import "extism:host/env" "store_u8" (func $store_byte (param i64 i32)))
  (import "extism:host/env" "input_load_u64" (func $input (param i64) (result i64)))
  (import "extism:host/env" "input_set" (func $input_set (param i64 i64)))
  (import "extism:host/env" "output_set" (func $output (param i64 i64)))
  (import "extism:host/env" "error_set" (func $error (param i64)))
  (import "extism:host/env" "var_get" (func $var_get (param i64) (result i64)))
  (import "extism:host/env" "log_error" (func $log (param i64)))
  (func $touch (param $handle i64) (result i64)
    (call $store (local.get $handle) (i64.const -1))
    (call $store_byte (local.get $handle) (i32.const -1))
    (call $free (local.get $handle))
    (call $output (local.get $handle) (i64.const -1))
    (call $output (local.get $handle) (i64.const 1))
    (call $input_set (local.get $handle) (i64.const 0x7fffffffffffffff))
    (call $error (local.get $handle))
    (i64.or
      (i64.or (call $load (local.get $handle)) (call $length (local.get $handle)))
      (i64.or
        (call $input (local.get $handle))
        (i64.extend_i32_u (call $load_byte (local.get $handle))))))
  (func (export "wander") (result i32)
    (local $block i64)
    (local $seen i64)
    (local $at i64)
    (local.set $block (call $alloc (i64.const 8)))
    (loop $next
      (local.set $seen
        (i64.or (local.get $seen) (call $touch (i64.add (local.get $block) (i64.const 8)))))
      (local.set $seen
        (i64.or
          (local.get $seen)
          (call $touch
            (i64.mul
              (i64.add (local.get $at) (i64.const 2))
              (i64.const 0x9e3779b97f4a7c15)))))
      (local.set $seen
        (i64.or
          (local.get $seen)
          (call $touch (i64.rotl (i64.const -2) (local.get $at)))))
      (local.set $at (i64.add (local.get $at) (i64.const 1)))
      (br_if $next (i64.lt_u (local.get $at) (i64.const 1000))))
    (call $store_byte (local.get $block)
      (select (i32.const 65) (i32.const 66) (i64.eqz (local.get $seen))))
    (call $output (local.get $block) (i64.const 1))
    (i32.const 0))
  (func (export "key") (drop (call $var_get (i64.const 0x700000001))))
  (func (export "log")
    (local $block i64)
    (local.set $block (call $alloc (i64.const 1)))
    (call $free (local.get $block))
    (call $log (local.get $block)))
  (func (export "bomb")
    (if (i64.eqz (call $alloc (i64.const 0x8000000000000000))) (then unreachable)))
  (func (export "blocks")
    (loop $next (br_if $next (i64.ne (call $alloc (i64.const 1)) (i64.const 0))))
    unreachable))

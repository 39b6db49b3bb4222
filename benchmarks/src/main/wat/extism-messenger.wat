;; A plug-in for Extism that answers with its payload, which goes through its memory in both
;; directions eight bytes at a time, as Extism's development kits do it. The payload has at most
;; 64 KiB, and its length must be a multiple of eight.
(module
  (import "extism:host/env" "input_length" (func $input_length (result i64)))
  (import "extism:host/env" "input_load_u64" (func $input_load (param i64) (result i64)))
  (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
  (import "extism:host/env" "store_u64" (func $store (param i64 i64)))
  (import "extism:host/env" "output_set" (func $output_set (param i64 i64)))
  (memory 1 1)
  (func (export "echo") (result i32)
    (local $length i64)
    (local $block i64)
    (local $at i64)
    (local.set $length (call $input_length))
    (block $read
      (loop $next
        (br_if $read (i64.ge_u (local.get $at) (local.get $length)))
        (i64.store (i32.wrap_i64 (local.get $at)) (call $input_load (local.get $at)))
        (local.set $at (i64.add (local.get $at) (i64.const 8)))
        (br $next)))
    (local.set $block (call $alloc (local.get $length)))
    (local.set $at (i64.const 0))
    (block $written
      (loop $next
        (br_if $written (i64.ge_u (local.get $at) (local.get $length)))
        (call $store
          (i64.add (local.get $block) (local.get $at))
          (i64.load (i32.wrap_i64 (local.get $at))))
        (local.set $at (i64.add (local.get $at) (i64.const 8)))
        (br $next)))
    (call $output_set (local.get $block) (local.get $length))
    (i32.const 0)))

;; A module for others to be linked with: it answers `reflect` of `extism-reflect` as the module
;; `extism:host/user`, and turns the small letters of a block into capitals.
(module
  (import "extism:host/env" "length" (func $length (param i64) (result i64)))
  (import "extism:host/env" "load_u8" (func $load (param i64) (result i32)))
  (import "extism:host/env" "store_u8" (func $store (param i64 i32)))
  (func (export "reflect") (param $at i64) (result i64)
    (local $block i64)
    (local $end i64)
    (local $letter i32)
    (local.set $block (local.get $at))
    (local.set $end (i64.add (local.get $at) (call $length (local.get $at))))
    (block $done
      (loop $next
        (br_if $done (i64.ge_u (local.get $at) (local.get $end)))
        (local.set $letter (call $load (local.get $at)))
        (if (i32.lt_u (i32.sub (local.get $letter) (i32.const 0x61)) (i32.const 26))
          (then
            (call $store (local.get $at) (i32.sub (local.get $letter) (i32.const 0x20)))))
        (local.set $at (i64.add (local.get $at) (i64.const 1)))
        (br $next)))
    (local.get $block)))

;; A plug-in for Extism that is started like those of Haskell: `_initialize`, then `hs_init`. The
;; command `started` answers with a letter for each start function that ran, in their order.
(module
  (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
  (import "extism:host/env" "store_u64" (func $store (param i64 i64)))
  (import "extism:host/env" "output_set" (func $output (param i64 i64)))
  (global $started (mut i64) (i64.const 0))
  (global $count (mut i64) (i64.const 0))
  (func $note (param $letter i64)
    (global.set $started
      (i64.or
        (global.get $started)
        (i64.shl (local.get $letter) (i64.mul (global.get $count) (i64.const 8)))))
    (global.set $count (i64.add (global.get $count) (i64.const 1))))
  (func (export "__wasm_call_ctors") (call $note (i64.const 0x63)))
  (func (export "_initialize") (call $note (i64.const 0x69)))
  (func (export "hs_init") (param i32 i32) (call $note (i64.const 0x68)))
  (func (export "started")
    (local $block i64)
    (local.set $block (call $alloc (i64.const 8)))
    (call $store (local.get $block) (global.get $started))
    (call $output (local.get $block) (global.get $count))))

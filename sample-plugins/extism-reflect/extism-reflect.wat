;; A plug-in for Extism that hands its payload to the application's function `reflect` and answers
;; with what that gives.
(module
  (import "extism:host/env" "input_offset" (func $input (result i64)))
  (import "extism:host/env" "length" (func $length (param i64) (result i64)))
  (import "extism:host/env" "output_set" (func $output (param i64 i64)))
  (import "extism:host/user" "reflect" (func $reflect (param i64) (result i64)))
  (func (export "reflect") (result i32)
    (local $answer i64)
    (local.set $answer (call $reflect (call $input)))
    (call $output (local.get $answer) (call $length (local.get $answer)))
    (i32.const 0)))

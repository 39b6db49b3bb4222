;; Does: one of two releases of one plugin, which differ in what they answer: 1. The command "which"
;; answers with it; "wait" sends the command "gate" first; "crash" traps, "spin" loops without an
;; end. An event is logged as the number.
;; Must: be replaced by the other release while calls run, and no call be lost.
(module
  (import "cordon" "output_write" (func $output_write (param i32 i32) (result i32)))
  (import "cordon" "log" (func $log (param i32 i32 i32) (result i32)))
  (import "cordon" "command_send" (func $command_send (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1 1)
  (data (i32.const 0) "1gate")
  (func $which (export "which") (result i32)
    (call $output_write (i32.const 0) (i32.const 1)))
  (func (export "wait") (result i32)
    (drop (call $command_send (i32.const 1) (i32.const 4) (i32.const 0) (i32.const 1)))
    (call $which))
  (func (export "crash") (result i32)
    (unreachable))
  (func (export "spin") (result i32)
    (loop $again (br $again))
    (unreachable))
  (func (export "on_event") (result i32)
    (call $log (i32.const 2) (i32.const 0) (i32.const 1))))

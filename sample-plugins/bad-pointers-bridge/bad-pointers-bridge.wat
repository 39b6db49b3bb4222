;; Tries: what huge-response-read does, with the functions that reach other plugins, shared data,
;; the network and programs.
;; Must: every command ends in a trap, or as an error of the plugin where the host refused first.
(module
  (import "cordon" "command_send" (func $command_send (param i32 i32 i32 i32) (result i32)))
  (import "cordon" "event_publish" (func $event_publish (param i32 i32 i32 i32) (result i32)))
  (import "cordon" "data_get" (func $data_get (param i32 i32) (result i32)))
  (import "cordon" "data_put" (func $data_put (param i32 i32 i32 i32) (result i32)))
  (import "cordon" "data_compare_and_set"
    (func $data_compare_and_set (param i32 i32 i64 i32 i32) (result i32)))
  (import "cordon" "data_delete" (func $data_delete (param i32 i32) (result i32)))
  (import "cordon" "http_request" (func $http_request (param i32 i32 i32 i32) (result i32)))
  (import "cordon" "exec" (func $exec (param i32 i32) (result i32)))
  (memory (export "memory") 1 1)
  (data (i32.const 0) "some.name")
  (func (export "command_send") (result i32)
    (call $command_send
      (i32.const 0) (i32.const 9) (i32.const 0xfffffff0) (i32.const 0x20)))
  (func (export "event_publish") (result i32)
    (call $event_publish
      (i32.const 0) (i32.const 9) (i32.const 0) (i32.const 0xffffffff)))
  (func (export "data_get") (result i32)
    (call $data_get (i32.const 0xfffffff0) (i32.const 0x20)))
  (func (export "data_put") (result i32)
    (call $data_put
      (i32.const 0) (i32.const 9) (i32.const 65535) (i32.const 2)))
  (func (export "data_compare_and_set") (result i32)
    (call $data_compare_and_set
      (i32.const 0) (i32.const 9) (i64.const 0) (i32.const 1) (i32.const 0xffffffff)))
  (func (export "data_delete") (result i32)
    (call $data_delete (i32.const 0) (i32.const 0xffffffff)))
  (func (export "http_request") (result i32)
    (call $http_request
      (i32.const 0) (i32.const 9) (i32.const 0xfffffff0) (i32.const 0x20)))
  (func (export "exec") (result i32)
    (call $exec (i32.const 0) (i32.const 0x80000000))))

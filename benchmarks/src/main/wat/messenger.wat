;; Commands of guest ABI 1 that move their payload and do no work of their own:
;;
;;     echo    answers with the payload
;;     relay   sends the payload as the command "target", and answers with the answer
;;
;; The payload has at most 64 KiB.
(module
  (import "cordon" "input_length" (func $input_length (result i32)))
  (import "cordon" "input_read" (func $input_read (param i32 i32 i32) (result i32)))
  (import "cordon" "output_write" (func $output_write (param i32 i32) (result i32)))
  (import "cordon" "command_send" (func $command_send (param i32 i32 i32 i32) (result i32)))
  (import "cordon" "response_read" (func $response_read (param i32 i32 i32) (result i32)))
  (memory (export "memory") 2 2)
  (data (i32.const 0) "target")
  (func (export "echo") (result i32)
    (call $output_write
      (i32.const 1024)
      (call $input_read (i32.const 1024) (i32.const 0) (call $input_length))))
  (func (export "relay") (result i32)
    (local $length i32)
    (local.set $length
      (call $input_read (i32.const 1024) (i32.const 0) (call $input_length)))
    (local.set $length
      (call $command_send
        (i32.const 0) (i32.const 6) (i32.const 1024) (local.get $length)))
    (if (i32.lt_s (local.get $length) (i32.const 0))
      (then (return (local.get $length))))
    (call $output_write
      (i32.const 1024)
      (call $response_read (i32.const 1024) (i32.const 0) (local.get $length)))))

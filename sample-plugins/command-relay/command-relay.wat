;; Does: the command "relay" sends another one. Its payload is the length of a name in one byte, the
;; name, and the payload to send. Answers with the result of command_send in 4 bytes, little-endian,
;; and the response.
;; Must: get what the receiver answered, or the reason as a negative number; never end because of
;; what the receiver did.
(module
  (import "cordon" "input_read" (func $input_read (param i32 i32 i32) (result i32)))
  (import "cordon" "output_write" (func $output_write (param i32 i32) (result i32)))
  (import "cordon" "command_send" (func $command_send (param i32 i32 i32 i32) (result i32)))
  (import "cordon" "response_read" (func $response_read (param i32 i32 i32) (result i32)))
  (memory (export "memory") 1 1)
  (func (export "relay") (result i32)
    (local $length i32)
    (local $name i32)
    (local $result i32)
    (local.set $length (call $input_read (i32.const 0) (i32.const 0) (i32.const 60000)))
    (local.set $name (i32.load8_u (i32.const 0)))
    (local.set $result
      (call $command_send
        (i32.const 1)
        (local.get $name)
        (i32.add (local.get $name) (i32.const 1))
        (i32.sub (i32.sub (local.get $length) (local.get $name)) (i32.const 1))))
    (i32.store (i32.const 0) (local.get $result))
    (drop (call $output_write
      (i32.const 0)
      (i32.add
        (i32.const 4)
        (call $response_read (i32.const 4) (i32.const 0) (i32.const 60000)))))
    (i32.const 0)))

;; Does: the command "relay" grows its memory and its table as far as it may, then sends a command.
;; Its payload is the length of a name in one byte, the name, and the payload to send; with no
;; payload it sends nothing. Answers with its pages and table elements, 4 bytes each, the result of
;; command_send in 4 bytes, all little-endian, and the response.
;; Must: not hold more than what its callers left, however many of them there are.
(module
  (import "cordon" "input_length" (func $input_length (result i32)))
  (import "cordon" "input_read" (func $input_read (param i32 i32 i32) (result i32)))
  (import "cordon" "output_write" (func $output_write (param i32 i32) (result i32)))
  (import "cordon" "command_send" (func $command_send (param i32 i32 i32 i32) (result i32)))
  (import "cordon" "response_read" (func $response_read (param i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (table $table 1 funcref)
  (func $hoard
    (local $step i32)
    (local.set $step (i32.const 0x4000))
    (block $full
      (loop $again
        (br_if $full (i32.eqz (local.get $step)))
        (if (i32.eq (memory.grow (local.get $step)) (i32.const -1))
          (then (local.set $step (i32.shr_u (local.get $step) (i32.const 1)))))
        (br $again)))
    (local.set $step (i32.const 0x10000))
    (block $full
      (loop $again
        (br_if $full (i32.eqz (local.get $step)))
        (if (i32.eq
              (table.grow $table (ref.null func) (local.get $step))
              (i32.const -1))
          (then (local.set $step (i32.shr_u (local.get $step) (i32.const 1)))))
        (br $again))))
  (func (export "relay") (result i32)
    (local $length i32)
    (local $name i32)
    (local.set $length (call $input_read (i32.const 12) (i32.const 0) (i32.const 30000)))
    (call $hoard)
    (i32.store (i32.const 0) (memory.size))
    (i32.store (i32.const 4) (table.size $table))
    (if (local.get $length)
      (then
        (local.set $name (i32.load8_u (i32.const 12)))
        (i32.store
          (i32.const 8)
          (call $command_send
            (i32.const 13)
            (local.get $name)
            (i32.add (local.get $name) (i32.const 13))
            (i32.sub (i32.sub (local.get $length) (local.get $name)) (i32.const 1))))))
    (drop (call $output_write
      (i32.const 0)
      (i32.add
        (i32.const 12)
        (call $response_read (i32.const 12) (i32.const 0) (i32.const 60000)))))
    (i32.const 0)))

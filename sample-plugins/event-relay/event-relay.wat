;; Does: the command "publish" publishes an event. Its payload is the length of a topic in one byte,
;; the topic, and the payload of the event. Answers with the result of event_publish in 4 bytes,
;; little-endian.
;; Must: get 0, or the reason as a negative number.
(module
  (import "cordon" "input_read" (func $input_read (param i32 i32 i32) (result i32)))
  (import "cordon" "output_write" (func $output_write (param i32 i32) (result i32)))
  (import "cordon" "event_publish" (func $event_publish (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1 1)
  (func (export "publish") (result i32)
    (local $length i32)
    (local $topic i32)
    (local.set $length (call $input_read (i32.const 0) (i32.const 0) (i32.const 65536)))
    (local.set $topic (i32.load8_u (i32.const 0)))
    (i32.store (i32.const 0)
      (call $event_publish
        (i32.const 1)
        (local.get $topic)
        (i32.add (local.get $topic) (i32.const 1))
        (i32.sub (i32.sub (local.get $length) (local.get $topic)) (i32.const 1))))
    (call $output_write (i32.const 0) (i32.const 4))))

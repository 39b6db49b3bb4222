;; Tries: to publish an event twice for each that it receives, on the topic that it receives, so
;; that events multiply for ever.
;; Must: be refused after some generations.
(module
  (import "cordon" "event_publish" (func $event_publish (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1 1)
  (data (i32.const 0) "loop.tick")
  (func (export "on_event") (result i32)
    (drop (call $event_publish (i32.const 0) (i32.const 9) (i32.const 0) (i32.const 0)))
    (call $event_publish (i32.const 0) (i32.const 9) (i32.const 0) (i32.const 0))))

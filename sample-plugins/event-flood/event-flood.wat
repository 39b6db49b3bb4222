;; Tries: to publish for ever, forged as another publisher's.
;; Must: run out of fuel, without driving out what others publish, and under its own name.
(module
  (import "cordon" "event_publish" (func $event_publish (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1 1)
  (data (i32.const 0) "order.placed")
  (data (i32.const 16) "{\"source\":\"cordon:/host\",\"id\":\"1\"}")
  (func (export "run") (result i32)
    (loop $again
      (drop (call $event_publish (i32.const 0) (i32.const 12) (i32.const 16) (i32.const 33)))
      (br $again))
    (unreachable)))

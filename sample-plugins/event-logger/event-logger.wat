;; Does: writes every event that it receives to the log, as the document that it is; traps when the
;; document holds the word "trap" at the end of its data.
;; Must: get the events of the topics that it subscribes to and was granted, in order.
(module
  (import "cordon" "input_read" (func $input_read (param i32 i32 i32) (result i32)))
  (import "cordon" "log" (func $log (param i32 i32 i32) (result i32)))
  (memory (export "memory") 1 1)
  (func (export "on_event") (result i32)
    (local $length i32)
    (local.set $length (call $input_read (i32.const 16) (i32.const 0) (i32.const 65520)))
    ;; the last characters of a document whose data is a text are those of the text, `"` and `}`
    (if (i32.eq
          (i32.load (i32.add (local.get $length) (i32.const 10)))
          (i32.const 0x70617274))
      (then (unreachable)))
    (call $log (i32.const 2) (i32.const 16) (local.get $length))))

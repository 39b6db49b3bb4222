;; Does: fails in the three ways in which a command of a reactor can fail without a trap.
;; Must: every command ends as an error of the plugin, with the text "no such order" where one was
;; written: also "text_and_zero", which claims success.
(module
  (import "cordon" "error_write" (func $error_write (param i32 i32) (result i32)))
  (memory (export "memory") 1 1)
  (data (i32.const 0) "no such order")
  (func (export "text_and_one") (result i32)
    (drop (call $error_write (i32.const 0) (i32.const 13)))
    (i32.const 1))
  (func (export "text_and_zero") (result i32)
    (drop (call $error_write (i32.const 0) (i32.const 13)))
    (i32.const 0))
  (func (export "one") (result i32) (i32.const 1)))

;; Tries: to run for ever in the start function, before any command is called.
;; Must: end out of fuel.
(module
  (func $endless (loop $for_ever (br $for_ever)))
  (start $endless)
  (func $run (export "run") (result i32) (i32.const 0)))

;; Tries: to run for ever in _initialize, before any command is called.
;; Must: end out of fuel.
(module
  (func $initialize (export "_initialize") (loop $for_ever (br $for_ever)))
  (func $run (export "run") (result i32) (i32.const 0)))

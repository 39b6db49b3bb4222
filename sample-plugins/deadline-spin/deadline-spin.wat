;; Tries: to run for ever as a WASI command, in a loop that calls nothing.
;; Must: end past its deadline, or out of fuel, whichever comes first.
(module
  (memory (export "memory") 1 1)
  (func $start (export "_start")
    (loop $for_ever
      (i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (i32.const 1)))
      (br $for_ever))))

;; Tries: to take 100 million table elements by declaring them.
;; Must: end as over its table elements, or be refused, before the host allocates.
(module
  (table $refs 100000000 funcref)
  (func $run (export "run") (result i32) (i32.const 0)))

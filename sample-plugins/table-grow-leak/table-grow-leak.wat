;; Tries: to change the module itself: a table that one call grows must not be larger for others.
;; Must: succeed whenever it is called with fresh state; it returns 1 if the table is not 2 long.
(module
  (table $refs 2 1000 funcref)
  (func $run (export "run") (result i32)
    (if (i32.ne (table.size $refs) (i32.const 2)) (then (return (i32.const 1))))
    (drop (table.grow $refs (ref.null func) (i32.const 50)))
    (i32.ne (table.size $refs) (i32.const 52))))

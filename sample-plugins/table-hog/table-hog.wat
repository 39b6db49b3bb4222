;; Tries: to take all memory of the host by growing a table, until refused; then traps.
;; Must: end as over its table elements.
(module
  (table $refs 0 funcref)
  (func $run (export "run") (result i32)
    (drop (table.grow $refs (ref.null func) (i32.const 0x7fffffff)))
    (loop $more
      (br_if $more
        (i32.ne (table.grow $refs (ref.null func) (i32.const 1000)) (i32.const -1))))
    (unreachable)))

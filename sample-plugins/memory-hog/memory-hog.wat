;; Tries: to take all memory: grows by 1 MiB and writes to it until refused, asks a thousand times
;; more, and then traps as a program does that cannot live without the memory.
;; Must: end as over its memory.
(module
  (memory (export "memory") 1)
  (func $run (export "run") (result i32)
    (local $before i32)
    (local $attempts i32)
    (loop $more
      (local.set $before (memory.grow (i32.const 16)))
      (if (i32.ne (local.get $before) (i32.const -1))
        (then
          (i32.store (i32.mul (local.get $before) (i32.const 65536)) (i32.const -1))
          (br $more))))
    (loop $again
      (local.set $attempts (i32.add (local.get $attempts) (i32.const 1)))
      (drop (memory.grow (i32.const 65535)))
      (br_if $again (i32.lt_u (local.get $attempts) (i32.const 1000))))
    (unreachable)))

;; Tries: to fill the host's memory or disk with log lines.
;; Must: "run" writes until refused and then traps, and ends as over its log; "stubborn" never
;; looks at the answer and ends as that or out of fuel.
(module
  (import "cordon" "log" (func $log (param i32 i32 i32) (result i32)))
  (memory (export "memory") 1 1)
  (func $run (export "run") (result i32)
    (loop $more
      (br_if $more
        (i32.ge_s (call $log (i32.const 4) (i32.const 0) (i32.const 100)) (i32.const 0))))
    (unreachable))
  (func $stubborn (export "stubborn") (result i32)
    (loop $more
      (drop (call $log (i32.const 4) (i32.const 0) (i32.const 100)))
      (br $more))
    (unreachable)))

;; Tries: to fill the host's memory or disk with its result.
;; Must: "run" writes until refused and then traps, and ends as over its output; "stubborn"
;; never looks at the answer and ends as that or out of fuel.
(module
  (import "cordon" "output_write" (func $output_write (param i32 i32) (result i32)))
  (memory (export "memory") 1 1)
  (func $run (export "run") (result i32)
    (loop $more
      (br_if $more
        (i32.ge_s (call $output_write (i32.const 0) (i32.const 65536)) (i32.const 0))))
    (unreachable))
  (func $stubborn (export "stubborn") (result i32)
    (loop $more
      (drop (call $output_write (i32.const 0) (i32.const 65536)))
      (br $more))
    (unreachable)))

;; Does: the command "next" counts its calls in memory, in a global and in the size of a table and
;; answers with one letter: A for the first call, B for the second, up to Z.
;; Must: answer A every time where state is fresh; A, B, C and so on where it is kept. It returns 1
;; if memory, global and table disagree, which a host that resets only some of them earns.
(module
  (import "cordon" "output_write" (func $output_write (param i32 i32) (result i32)))
  (memory (export "memory") 1 1)
  (data (i32.const 0) "A")
  (global $calls (mut i32) (i32.const 65))
  (table $sizes 65 funcref)
  (func $next (export "next") (result i32)
    (if (i32.ne (i32.load8_u (i32.const 0)) (global.get $calls))
      (then (return (i32.const 1))))
    (if (i32.ne (table.size $sizes) (global.get $calls))
      (then (return (i32.const 1))))
    (drop (call $output_write (i32.const 0) (i32.const 1)))
    (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
    (i32.store8 (i32.const 0) (global.get $calls))
    (drop (table.grow $sizes (ref.null func) (i32.const 1)))
    (i32.const 0)))

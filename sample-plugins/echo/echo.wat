;; Does: the command "echo" answers with its payload, in pieces of 64 KiB.
;; Must: succeed for a payload of any size that the host accepts.
(module
  (import "cordon" "input_read" (func $input_read (param i32 i32 i32) (result i32)))
  (import "cordon" "output_write" (func $output_write (param i32 i32) (result i32)))
  (memory (export "memory") 1 1)
  (func $echo (export "echo") (result i32)
    (local $offset i32)
    (local $length i32)
    (loop $next
      (local.set $length
        (call $input_read (i32.const 0) (local.get $offset) (i32.const 65536)))
      (if (i32.eqz (local.get $length)) (then (return (i32.const 0))))
      (if (i32.lt_s (call $output_write (i32.const 0) (local.get $length)) (i32.const 0))
        (then (return (i32.const 1))))
      (local.set $offset (i32.add (local.get $offset) (local.get $length)))
      (br $next))
    (unreachable)))

;; Does: nothing, and carries another module in its data.
;; Must: load and succeed; `cordon scan` says WVS-O001, of the level medium.
(module
  (memory (export "memory") 1 1)
  (data (i32.const 32)
    "\00asm\01\00\00\00\01\05\01\60\00\01\7f\03\02\01\00\07\07\01\03run\00\00\0a\06\01\04\00\41\00\0b")
  (func $run (export "run") (result i32) (i32.const 0)))

;; Tries: to use vector instructions.
;; Must: be refused, as the profile leaves the proposal simd out.
(module
  (func $run (export "run") (result i32)
    (i32x4.extract_lane 0
      (i32x4.sub (v128.const i32x4 7 7 7 7) (v128.const i32x4 7 7 7 7)))))

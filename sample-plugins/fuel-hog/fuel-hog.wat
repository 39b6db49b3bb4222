;; Tries: to run for ever in the tightest loop there is.
;; Must: end out of fuel; past its deadline where fuel is unlimited.
(module
  (func $run (export "run") (result i32)
    (loop $for_ever (br $for_ever))
    (unreachable)))

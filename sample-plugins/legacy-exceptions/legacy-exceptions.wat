;; flags: --enable-exceptions
;; Tries: to use exceptions as they were before they became part of the standard.
;; Must: be refused, as only exceptions with try_table are in the profile.
(module
  (tag $oops)
  (func $run (export "run") (result i32)
    (try (do (throw $oops)) (catch $oops))
    (i32.const 0)))

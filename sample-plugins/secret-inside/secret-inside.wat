;; Does: nothing, and carries a key and a token that its author forgot in it. Neither opens anything.
;; Must: load and succeed; `cordon scan` fails with WVS-S001.
(module
  (memory (export "memory") 1 1)
  (data (i32.const 16)
    "-----BEGIN PRIVATE KEY-----\n"
    "VGhpcyBpcyBub3QgYSBrZXksIGJ1dCBhIHNlbnRlbmNlIGluIGJhc2UgNjQu\n"
    "-----END PRIVATE KEY-----\n")
  (data (i32.const 256) "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\n")
  (func $run (export "run") (result i32) (i32.const 0)))

;; Tries: to look like a miner: a loop that mixes bits beside the constants of SHA-256, the address of a pool.
;; Must: load and succeed (it hashes for a moment and reaches no network); `cordon scan` fails with
;; WVS-M001, since a hash kernel stands beside signs of mining.
(module
  (memory (export "memory") 1 1)
  (data (i32.const 0)
    "\98\2f\8a\42\91\44\37\71\cf\fb\c0\b5\a5\db\b5\e9\5b\c2\56\39\f1\11\f1\59\a4\82\3f\92\d5\5e\1c\ab")
  (data (i32.const 64) "stratum+tcp://pool.invalid:3333")
  (func $mix (param $rounds i32) (result i32)
    (local $a i32) (local $b i32)
    (local.set $a (i32.const 0x6a09e667))
    (loop $round
      (local.set $b (i32.load (i32.shl (i32.and (local.get $rounds) (i32.const 7)) (i32.const 2))))
      (local.set $a
        (i32.xor
          (i32.xor
            (i32.xor (i32.rotr (local.get $a) (i32.const 2)) (i32.rotr (local.get $a) (i32.const 13)))
            (i32.xor (i32.rotr (local.get $a) (i32.const 22)) (i32.shr_u (local.get $a) (i32.const 3))))
          (i32.xor
            (i32.xor (i32.rotl (local.get $b) (i32.const 7)) (i32.rotl (local.get $b) (i32.const 18)))
            (i32.xor (i32.shl (local.get $b) (i32.const 10)) (i32.shr_u (local.get $b) (i32.const 5))))))
      (local.set $a
        (i32.xor
          (i32.xor (i32.rotr (local.get $a) (i32.const 6)) (i32.rotr (local.get $a) (i32.const 11)))
          (i32.xor
            (i32.xor (i32.rotr (local.get $a) (i32.const 25)) (i32.rotl (local.get $b) (i32.const 17)))
            (i32.xor (i32.rotl (local.get $b) (i32.const 19)) (i32.shr_u (local.get $b) (i32.const 10))))))
      (br_if $round (local.tee $rounds (i32.sub (local.get $rounds) (i32.const 1)))))
    (local.get $a))
  (func $run (export "run") (result i32)
    (drop (call $mix (i32.const 1000)))
    (i32.const 0)))

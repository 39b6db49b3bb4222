#!/bin/sh
# Builds the guests from C and text; needs clang 19, lld 19 and wabt. The results are committed.
set -eu
cd "$(dirname "$0")"
clang-19 --target=wasm32-unknown-unknown -O2 -nostdlib -ffreestanding -fno-builtin \
    -Wl,--no-entry -Wl,--strip-all -o src/main/resources/dev/cordon/benchmarks/kernels.wasm \
    src/main/c/kernels.c src/main/c/programs.c
for name in messenger extism-messenger; do
    wat2wasm -o "src/main/resources/dev/cordon/benchmarks/$name.wasm" "src/main/wat/$name.wat"
done

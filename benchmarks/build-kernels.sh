#!/bin/sh
# Builds the kernels from C; needs clang 19 and lld 19. The result is committed.
set -eu
cd "$(dirname "$0")"
clang-19 --target=wasm32-unknown-unknown -O2 -nostdlib -ffreestanding -fno-builtin \
    -Wl,--no-entry -Wl,--strip-all -o src/main/resources/dev/cordon/benchmarks/kernels.wasm \
    src/main/c/kernels.c src/main/c/programs.c

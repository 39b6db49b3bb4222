#!/bin/sh
# Builds every sample from its source, to NAME/NAME.wasm.
#
#     ./build.sh            builds in place
#     ./build.sh --check    builds elsewhere and says which committed files differ
#
# The result depends on the versions of the tools. What is committed was built with Debian's
# clang-19, lld-19, wasi-libc, libclang-rt-19-dev-wasm32, wabt, python3, rustc,
# libstd-rust-dev-wasm32 and lld-14. Any cargo, node and npm will do: cargo and npm only fetch what
# a Cargo.lock or package-lock.json names.
set -eu
cd "$(dirname "$0")"

CLANG=${CLANG:-clang-19}
WAT2WASM=${WAT2WASM:-wat2wasm}
PYTHON=${PYTHON:-python3}
RUSTC=${RUSTC:-/usr/bin/rustc}
CARGO=${CARGO:-cargo}
NODE=${NODE:-node}
NPM=${NPM:-npm}

missing=
for tool in "$CLANG" "$WAT2WASM" "$PYTHON" "$RUSTC" "$CARGO" "$NODE" "$NPM" wasm-ld-14 wasm-ld-19; do
    command -v "$tool" > /dev/null || missing="$missing $tool"
done
test -e /usr/lib/wasm32-wasi/libc.a || missing="$missing wasi-libc"
if test -n "$missing"; then
    echo "build.sh: missing:$missing" >&2
    echo "  help: apt-get install clang-19 lld-19 wasi-libc libclang-rt-19-dev-wasm32" \
        "wabt python3 rustc libstd-rust-dev-wasm32 cargo lld-14 nodejs npm" >&2
    exit 1
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
case ${1-} in
    '') out=. ;;
    --check)
        out=$work/out
        mkdir "$out"
        ;;
    *)
        echo "build.sh: unknown option: $1" >&2
        exit 2
        ;;
esac

C_FLAGS="-O2 -std=gnu17 -Wall -Wextra -Werror -Iinclude -Iword-count -Wl,--strip-debug"

# wasi NAME SOURCE... [FLAG...]: C with the C library, a command unless a flag says otherwise.
wasi() {
    name=$1
    shift
    mkdir -p "$out/$name"
    "$CLANG" --target=wasm32-wasi $C_FLAGS -o "$out/$name/$name.wasm" "$@"
}

# bare NAME: C without any library, a reactor.
bare() {
    mkdir -p "$out/$1"
    "$CLANG" --target=wasm32-unknown-unknown $C_FLAGS -ffreestanding -nostdlib \
        -Wl,--no-entry,-z,stack-size=16384 -o "$out/$1/$1.wasm" "$1/$1.c"
}

RUST_FLAGS="--target=wasm32-wasi -Copt-level=s -Cpanic=abort --remap-path-prefix=$work="

# rust NAME [FLAG...]: Rust with its standard library, a command.
rust() {
    name=$1
    shift
    mkdir -p "$out/$name"
    "$RUSTC" $RUST_FLAGS --edition=2021 -Clto -Cstrip=symbols -Clinker=wasm-ld-14 \
        -Dwarnings -o "$out/$name/$name.wasm" "$@" "$name/$name.rs"
}

# crate NAME EDITION [FLAG...]: a library that vendor_crates fetched, for rust.
crate() {
    name=$1
    edition=$2
    shift 2
    "$RUSTC" $RUST_FLAGS --edition="$edition" --crate-type=rlib --crate-name="$name" \
        --cap-lints=allow --out-dir="$work" -L"$work" "$@" "$work/crates/$name/src/lib.rs"
}

# assembly_script NAME: AssemblyScript with what NAME/package-lock.json names, checked by digests.
assembly_script() {
    mkdir -p "$out/$1" "$work/npm/$1"
    cp "$1/package.json" "$1/package-lock.json" "$1/$1.ts" "$work/npm/$1"
    (
        cd "$work/npm/$1"
        "$NPM" ci --silent --ignore-scripts > /dev/null
        "$NODE" node_modules/assemblyscript/bin/asc.js "$1.ts" -o "$1.wasm" -O3 \
            --runtime incremental --use "abort=$1/abort"
    )
    cp "$work/npm/$1/$1.wasm" "$out/$1"
}

# vendor_crates NAME: fetches the crates that NAME/Cargo.lock names, checked by their digests.
vendor_crates() {
    "$CARGO" vendor --quiet --locked --manifest-path="$1/Cargo.toml" "$work/crates" > /dev/null
}

wasi word-count word-count/word-count.c word-count/words.c
wasi word-count-reactor word-count-reactor/word-count-reactor.c word-count/words.c \
    -mexec-model=reactor
for name in cat clock-random disk-hog echo-server exit-status failing-command file-escape file-tour \
    hello keep-reading open-files-hog tcp-client; do
    wasi "$name" "$name/$name.c"
done
for name in config-reader data-hog data-snooper exec-echo extism-http extism-vowels grant-holder \
    http-fetch memory-hog-graceful order-desk order-pricing \
    shared-counter; do
    bare "$name"
done
rust rust-files
vendor_crates rust-sockets
crate libc 2015 --cfg=libc_priv_mod_use --cfg=libc_union --cfg=libc_const_size_of \
    --cfg=libc_align --cfg=libc_core_cvoid --cfg=libc_packedN --cfg=libc_cfg_target_vendor
crate wasmedge_wasi_socket 2021 --cfg='feature="wasmedge_0_10"' --extern=libc="$work/liblibc.rlib"
rust rust-sockets -L"$work" \
    --extern=wasmedge_wasi_socket="$work/libwasmedge_wasi_socket.rlib"
assembly_script extism-enrich
for source in */*.wat; do
    name=${source%%/*}
    mkdir -p "$out/$name"
    flags=$(sed -n 's/^;; flags: //p' "$source")
    "$WAT2WASM" --debug-names $flags -o "$out/$name/$name.wasm" "$source"
done
for source in */*.py; do
    name=${source%%/*}
    test "$name" != tools || continue
    mkdir -p "$out/$name"
    PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=tools "$PYTHON" "$source" > "$out/$name/$name.wasm"
done
mkdir -p "$out/state-counter-kept"
cp "$out/state-counter/state-counter.wasm" "$out/state-counter-kept/state-counter-kept.wasm"

# A module is data, though the linker marks it as a program.
chmod 644 "$out"/*/*.wasm

names=src/main/resources/dev/cordon/samples/names.txt
if test "$out" = .; then
    mkdir -p "$(dirname "$names")"
    ls */*.wasm | sed 's|/.*||' | LC_ALL=C sort > "$names"
    exit 0
fi

status=0
for built in "$out"/*/*.wasm; do
    committed=${built#"$out"/}
    cmp -s "$built" "$committed" || { echo "differs: $committed"; status=1; }
done
while read -r name; do
    test -e "$out/$name/$name.wasm" || { echo "has no source: $name"; status=1; }
done < "$names"
exit $status

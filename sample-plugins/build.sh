#!/bin/sh
# Builds every sample from its source, to NAME/NAME.wasm.
#
#     ./build.sh            builds in place
#     ./build.sh --check    builds elsewhere and says which committed files differ
#
# The result depends on the versions of the tools. What is committed was built with Debian's
# clang-19, lld-19, wasi-libc, libclang-rt-19-dev-wasm32, wabt and python3.
set -eu
cd "$(dirname "$0")"

CLANG=${CLANG:-clang-19}
WAT2WASM=${WAT2WASM:-wat2wasm}
PYTHON=${PYTHON:-python3}

missing=
for tool in "$CLANG" "$WAT2WASM" "$PYTHON" wasm-ld-19; do
    command -v "$tool" > /dev/null || missing="$missing $tool"
done
test -e /usr/lib/wasm32-wasi/libc.a || missing="$missing wasi-libc"
if test -n "$missing"; then
    echo "build.sh: missing:$missing" >&2
    echo "  help: apt-get install clang-19 lld-19 wasi-libc libclang-rt-19-dev-wasm32" \
        "wabt python3" >&2
    exit 1
fi

case ${1-} in
    '') out=. ;;
    --check)
        out=$(mktemp -d)
        trap 'rm -rf "$out"' EXIT
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

wasi word-count word-count/word-count.c word-count/words.c
wasi word-count-reactor word-count-reactor/word-count-reactor.c word-count/words.c \
    -mexec-model=reactor
for name in cat clock-random disk-hog echo-server exit-status failing-command file-escape file-tour \
    hello keep-reading open-files-hog tcp-client; do
    wasi "$name" "$name/$name.c"
done
for name in config-reader extism-vowels memory-hog-graceful; do
    bare "$name"
done
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

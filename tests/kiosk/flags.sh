#!/usr/bin/env bash
# flags.sh: no figure depends on the compiler or its flags: the same inputs give the same
# bits at every optimisation, and where the machine could fuse a product and a sum into one
# rounding. That this check can fail is shown by allowing just that.
# Usage: flags.sh ROOT LIBKIOSK SOURCE…   the sources of the figures
set -euo pipefail
root=$1
library=$2
shift 2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

dump() { # NAME COMPILER FLAG…   the digest of what the figures are
    local program=$folder/$1 compiler=$2
    shift 2
    "$compiler" -std=c17 -D_POSIX_C_SOURCE=200809L -I "$root" "$@" -o "$program" \
        "$root/tests/kiosk/figures_dump.c" "${sources[@]}" "$library" -lutf8proc -lm
    "$program" | sha256sum
}

sources=("$@")
contract=-ffp-contract=off # as kiosk/CMakeLists.txt sets it
expected=$(dump plain gcc -O1 "$contract")
failed=0

expect_same() { # NAME COMPILER FLAG…
    local found
    found=$(dump "$@")
    [[ $found == "$expected" ]] && return
    printf 'other figures with: %s\n' "${*:2}" >&2
    failed=1
}

expect_same none gcc -O0 "$contract"
expect_same release gcc -O2 -D_FORTIFY_SOURCE=2 "$contract"
expect_same native gcc -O3 -march=native "$contract"
if command -v clang >/dev/null; then
    expect_same clang clang -O2 -march=native "$contract"
fi

# On a machine that can fuse.
if grep -qw fma /proc/cpuinfo; then
    [[ $(dump fused gcc -O3 -march=native -ffp-contract=fast) != "$expected" ]] || {
        printf 'fused rounding changes nothing: this check sees nothing\n' >&2
        failed=1
    }
fi
exit "$failed"

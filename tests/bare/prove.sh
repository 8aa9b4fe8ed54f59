#!/usr/bin/env bash
# prove.sh: runs the README's commands in an empty Debian 12, to show that ./run installs
# whatever they need. As root, by hand; needs debootstrap. Not a part of ctest.
#
#   MIRROR=http://deb.debian.org/debian tests/bare/prove.sh FOLDER [COMMAND…]
#
# FOLDER holds the base system (made once and kept) and the system under test (made anew
# each time); it must lie outside the tree. COMMAND is `bash .ci/run` unless given. Where
# apt needs settings of its own (a proxy, keys, other sources), APT names a folder that is
# laid over /etc/apt; where npm does, ETC names one that is laid over /etc (npmrc,
# certificates). DAY=YYYY-MM-DD leaves that day to MANYI_TODAY.
set -euo pipefail
mirror=${MIRROR:-http://deb.debian.org/debian}
tree=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

die() {
    printf 'prove: %s\n' "$1" >&2
    exit 1
}

unmount() {
    local place
    for place in dev/pts dev proc; do
        ! mountpoint -q "$system/$place" || umount "$system/$place"
    done
}

mount_system() {
    mount -t proc proc "$system/proc"
    mount -t tmpfs -o mode=755 tmpfs "$system/dev"
    mkdir "$system/dev/pts" "$system/dev/shm"
    mount -t devpts devpts "$system/dev/pts"
    mknod -m 666 "$system/dev/null" c 1 3
    mknod -m 666 "$system/dev/zero" c 1 5
    mknod -m 666 "$system/dev/full" c 1 7
    mknod -m 666 "$system/dev/random" c 1 8
    mknod -m 666 "$system/dev/urandom" c 1 9
    mknod -m 666 "$system/dev/tty" c 5 0
    ln -s /proc/self/fd "$system/dev/fd"
    ln -s pts/ptmx "$system/dev/ptmx"
}

make_base() {
    [[ ! -e $base/.complete ]] || return 0
    rm -rf "$base"
    debootstrap --variant=minbase bookworm "$base" "$mirror"
    touch "$base/.complete"
}

make_system() {
    rm -rf --one-file-system "$system"
    cp -a "$base" "$system"
    cp -L /etc/resolv.conf "$system/etc/resolv.conf"
    [[ -z ${APT:-} ]] || cp -aL "$APT/." "$system/etc/apt/"
    [[ -z ${ETC:-} ]] || cp -aL "$ETC/." "$system/etc/"
    mkdir -p "$system/tree"
    tar -C "$tree" --exclude=./build --exclude=./store --exclude=node_modules --exclude=./.git -cf - . |
        tar -C "$system/tree" --no-same-owner -xf -
}

((EUID == 0)) || die "must be root"
[[ -n ${1:-} ]] || die "which folder? see the head of $0"
mkdir -p "$1"
folder=$(cd "$1" && pwd)
[[ $folder/ != "$tree"/* ]] || die "$folder lies in the tree"
shift
(($#)) || set -- bash .ci/run
base=$folder/base system=$folder/system

if [[ -d $system ]]; then
    unmount
fi
make_base
make_system
trap unmount EXIT
mount_system
# An empty environment and no home: nothing of this machine helps.
env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/nonexistent CI=true \
    ${DAY:+MANYI_TODAY="$DAY"} \
    chroot "$system" /bin/bash -c 'cd /tree && time "$@"' bash "$@"

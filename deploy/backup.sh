#!/usr/bin/env bash
# backup.sh: makes a backup of a store, proves that it can be restored, and only then
# removes the oldest ones beyond the number to keep. Runs beside a serving store.
# Usage: backup.sh STORE FOLDER KEEP
# MANYI: the program (default: manyi). MANYI_BACKUP_TIME: the time in the file's name
# (default: now, in UTC).
set -euo pipefail
export LC_ALL=C.UTF-8

die() { # MESSAGE [EXIT STATUS]
    printf 'backup.sh: %s\n' "$1" >&2
    exit "${2:-1}"
}

[[ $# == 3 && $3 =~ ^[1-9][0-9]{0,3}$ ]] || die "usage: backup.sh STORE FOLDER KEEP" 2
store=$1 folder=$2 keep=$3
manyi=${MANYI:-manyi}
time=${MANYI_BACKUP_TIME:-$(date -u +%Y%m%dT%H%M%SZ)}
[[ $time =~ ^[0-9]{8}T[0-9]{6}Z$ ]] || die "MANYI_BACKUP_TIME is no 20261122T023000Z" 2
[[ -d $folder ]] || die "there is no folder $folder; make it, for the user that runs this"
shopt -s nullglob

# One at a time: what looks like a leftover below may be another run's work.
exec 9<"$folder"
flock --nonblock 9 || die "another backup to $folder is under way"
rm -f "$folder"/manyi-*.backup.partial-* # of a run that was cut off
rm -rf "$folder"/check.*

file=$folder/manyi-$time.backup
"$manyi" backup --store "$store" "$file" || die "no backup was made; nothing was removed"

# A backup that nobody has restored is a hope. This one is, with every row and count
# checked, and with the key, which stays where it is.
check=$(mktemp -d "$folder/check.XXXXXX")
trap 'rm -rf "$check"' EXIT
"$manyi" restore "$file" --store "$check/store" --key "$store/key" || {
    mv "$file" "$file.bad"
    die "$file can't be restored; it is now $file.bad, and nothing was removed"
}

# Names sort by time. What is called otherwise is not ours to remove.
backups=("$folder"/manyi-[0-9]*T[0-9]*Z.backup)
for ((i = 0; i < ${#backups[@]} - keep; i++)); do
    rm -- "${backups[i]}"
    printf 'Removed %s\n' "${backups[i]}"
done

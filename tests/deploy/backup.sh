#!/usr/bin/env bash
# backup.sh: tries deploy/backup.sh: what it makes, what it keeps, what it leaves alone.
# Usage: backup.sh MANYI SOURCE
set -uo pipefail
MANYI=$(realpath "$1")
source=$(realpath "$2")
work=$(mktemp -d)
store=$work/store folder=$work/backups
failures=0
export MANYI MANYI_TODAY=2026-05-15 LC_ALL=C.UTF-8
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1

expect() { # SENTENCE COMMAND…: the command must succeed
    local sentence=$1
    shift
    "$@" && return
    printf 'FAILED: %s\n' "$sentence"
    ls -l "$folder"
    cat out err
    failures=$((failures + 1))
}

backup() { # TIME [KEEP]: the exit status goes to status
    MANYI_BACKUP_TIME=$1 "$source/deploy/backup.sh" "$store" "$folder" "${2:-3}" >out 2>err
    status=$?
}

days() { # the days of the backups that are there
    local file files=()
    for file in "$folder"/manyi-2*.backup; do
        [[ ! -e $file ]] || files+=("${file:${#folder}+13:2}")
    done
    printf '%s' "${files[*]}"
}

is() {
    [[ $1 == "$2" ]]
}

missing() {
    ! compgen -G "$1" >/dev/null
}

"$MANYI" plan apply --store "$store" "$source/tests/contract/plan.yaml" >out 2>err || exit 1

backup 20260501T183000Z
expect "without its folder nothing is made" is $status 1
mkdir "$folder"
echo mine >"$folder/letter.txt"
echo mine >"$folder/manyi-by-hand.backup"
for day in 01 02 03; do
    backup "202605${day}T183000Z"
    expect "a backup succeeds" is $status 0
done
expect "as many as are to be kept stay" is "$(days)" "01 02 03"
backup 20260504T183000Z
backup 20260505T183000Z
expect "the oldest beyond them go" is "$(days)" "03 04 05"
expect "what is called otherwise stays" is "$(cat "$folder/letter.txt")" mine
backup 20260506T183000Z 1
expect "fewer can be kept later" is "$(days)" "06"
expect "nothing of the trial is left" missing "$folder/check.*"
expect "a backup is for its owner alone" \
    is "$(stat -c %a "$folder/manyi-20260506T183000Z.backup")" 600

backup 20260506T183000Z 1
expect "a name that is taken is a failure" is $status 1
expect "and nothing is removed" is "$(days)" "06"

mv "$store" "$work/elsewhere"
backup 20260507T183000Z 1
expect "without the store there is no backup" is $status 1
expect "and the one before stays" is "$(days)" "06"
mv "$work/elsewhere" "$store"

cp "$store/key" key.kept
head -c 32 /dev/zero >"$store/key"
backup 20260508T183000Z 1
expect "a backup that the key does not fit is a failure" is $status 1
expect "and the one before stays" is "$(days)" "06"
expect "the bad one is called so" test -e "$folder/manyi-20260508T183000Z.backup.bad"
cp key.kept "$store/key"

echo half >"$folder/manyi-20260509T183000Z.backup.partial-0badcafe"
mkdir "$folder/check.abcdef"
backup 20260510T183000Z 2
expect "what a cut-off run left is removed" missing "$folder/*partial*"
expect "with its trial" missing "$folder/check.*"
expect "and the backup is made" is "$(days)" "06 10"

exec 8<"$folder"
flock 8
backup 20260511T183000Z 2
expect "two at a time are refused" is $status 1
flock --unlock 8

for wrong in 0 x 10000; do
    backup 20260512T183000Z "$wrong"
    expect "KEEP $wrong is wrong usage" is $status 2
done
backup yesterday
expect "a time that is none is wrong usage" is $status 2

"$MANYI" report --store "$store" --format json >before.json 2>err
"$MANYI" restore "$folder/manyi-20260510T183000Z.backup" --store "$work/again" >out 2>err
"$MANYI" report --store "$work/again" --format json >after.json 2>err
expect "the report of what was kept is the same" cmp before.json after.json

((failures == 0)) || exit 1
echo "all as expected"

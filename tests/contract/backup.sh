# shellcheck shell=bash disable=SC2154,SC2034 # names of contract.sh and steps.sh
# backup.sh: the store as one file while it serves, and back; the report stays the same.
case_is "backup and restore have help"
run backup --help
expect_status 0
expect_match out example
run restore --help
expect_status 0
expect_in out '[--key FILE]'
expect_in out '[--replace]'
wrong_usage backup --store "$store"
wrong_usage backup today.backup
wrong_usage restore today.backup
wrong_usage restore today.backup --store other --replace=yes

case_is "a backup is made beside a serving store, under load"
start_server
poster=$(open_path visit north)
for number in {1..40}; do
    printf 'url = "%s%s"\ndata = "overall=%d&timely=4"\noutput = /dev/null\n' \
        "$base" "$poster" $((number % 5 + 1))
done >posts.txt
curl --no-progress-meter --parallel --parallel-max 8 --config posts.txt &
load=$!
run backup --store "$store" first.backup
expect_status 0
expect_in out first.backup
expect_in err key
wait "$load"
run backup --store "$store" today.backup
expect_status 0

case_is "a backup overwrites nothing"
run backup --store "$store" today.backup
expect_status 1
expect_in err today.backup
run backup --store "$work/nowhere" other.backup
expect_status 1

case_is "what was backed up under load verifies"
run restore first.backup --store "$work/first"
expect_status 0
run verify --store "$work/first"
expect_status 0

case_is "the report of a restored store is the same, byte for byte"
for format in json csv text; do
    "$manyi" report --store "$store" --format $format >"before.$format"
done
run restore today.backup --store "$work/restored" --key "$store/key"
expect_status 0
expect_no_match err 'another key'
for format in json csv text; do
    "$manyi" report --store "$work/restored" --format $format >"after.$format"
    cmp -s "before.$format" "after.$format"
    verdict $? "the same report as $format"
done
"$manyi" links --store "$store" >before.links
"$manyi" links --store "$work/restored" >after.links
cmp -s before.links after.links
verdict $? "the same links"

case_is "without the key of its codes a restored store says so, and makes others"
run restore today.backup --store "$work/keyless"
expect_status 0
expect_match err 'another key'
"$manyi" links --store "$work/keyless" >other.links
! cmp -s before.links other.links
verdict $? "other links"

case_is "a store is replaced only when told, and never while it is served"
run restore today.backup --store "$store" --replace
expect_status 1
expect_match err 'manyi serve'
stop_server
run restore today.backup --store "$store"
expect_status 1
expect_in err --replace
run restore today.backup --store "$store" --replace
expect_status 0
expect_in err replaced-1
"$manyi" report --store "$store" --format json >after.json
cmp -s before.json after.json
verdict $? "the same report"
"$manyi" report --store "$store/replaced-1" --format json >aside.json
cmp -s before.json aside.json
verdict $? "the store before is whole"
start_server
http GET "$poster"
expect_status 200
stop_server

case_is "what is no whole backup is refused in one sentence, and nothing is made"
head -c 30000 today.backup >half.backup
head -c 60000 /dev/urandom >noise.backup
: >empty.backup
for file in half noise empty missing; do
    run restore "$file.backup" --store "$work/from-$file"
    expect_status 1
    expect_in err "$file.backup"
    expect_equal "$(wc -l <err)" 1 "lines on stderr"
    [[ ! -e $work/from-$file ]]
    verdict $? "no folder was made"
done

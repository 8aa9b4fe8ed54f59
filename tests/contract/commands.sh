# shellcheck shell=bash disable=SC2154,SC2034 # names of contract.sh and steps.sh
# commands.sh: the command line: help, exit statuses, the plan, links, codes, the report.
commands=(serve plan "plan check" "plan apply" "plan show" codes links import report rehearse stats verify
    publish "published list" "published show" "published compare" evidence backup restore copy
    "operator add" "operator list" "operator disable" "operator reset")

case_is "help goes to stdout, with an example, and is no failure"
run --help
expect_status 0
for name in serve plan codes links import report stats verify backup restore copy operator version; do
    expect_match out "(^|[^a-z])$name([^a-z]|$)"
done
for name in "${commands[@]}"; do
    # shellcheck disable=SC2086 # two words are two arguments
    run $name --help
    expect_status 0
    expect_match out "example"
    expect_in out "manyi ${name%% *}"
done

case_is "version prints a version"
run version
expect_status 0
expect_match out '[0-9]+\.[0-9]+\.[0-9]+'

case_is "wrong usage is 2, and the message goes to stderr"
wrong_usage() { # ARGUMENT…
    run "$@"
    expect_status 2
    expect_match err '.'
    expect_equal "$(wc -c <out)" 0 "bytes on stdout"
}
wrong_usage
wrong_usage bogus
wrong_usage plan
wrong_usage plan bogus
wrong_usage plan check
wrong_usage report
wrong_usage report --store
wrong_usage report --store "$store" --bogus
wrong_usage report --store "$store" --format bogus
wrong_usage stats rate
wrong_usage stats bogus rate.csv
wrong_usage links --store "$store" --format bogus
wrong_usage codes --store "$store" --programme visit --wave spring

case_is "a store that is missing is not made by a command that reads"
run report --store "$work/nowhere"
expect_status 1
expect_match err 'nowhere'
run links --store "$work/nowhere"
expect_status 1
run verify --store "$work/nowhere"
expect_status 1
[[ ! -e $work/nowhere ]]
verdict $? "no folder was made"

case_is "plan check accepts a good plan and makes nothing"
run plan check "$here/plan.yaml"
expect_status 0

case_is "plan check names every mistake with its line and column"
sed -e 's/measure: top3/measure: top9/' -e 's/kind: choice/kind: chioce/' \
    "$here/plan.yaml" >bad.yaml
run plan check bad.yaml
expect_status 1
while IFS=: read -r line _; do
    expect_match out "bad\.yaml:$line:[0-9]+"
done < <(grep -n -E 'top9|chioce' bad.yaml)
expect_match out 'choice'
run plan check missing.yaml
expect_status 1
expect_in err missing.yaml

case_is "plan apply refuses a bad plan and makes no version of it"
run plan apply --store "$store" bad.yaml
expect_status 1
run plan show --store "$store"
expect_status 1

case_is "plan apply makes the store and its first version"
run plan apply --store "$store" "$here/plan.yaml"
expect_status 0
run plan show --store "$store"
expect_status 0
expect_in out visit

case_is "the same text applied again is no new version"
cp out shown.txt
run plan apply --store "$store" "$here/plan.yaml"
expect_status 0
run plan show --store "$store"
cmp -s out shown.txt
verdict $? "plan show says the same as before"
run report --store "$store" --format json
expect_equal "$(jq -r .plan_version out 2>&1)" 1 "plan_version"

case_is "what is frozen since the wave opened can't be changed"
sed 's/target: 85.00%/target: 80.00%/' "$here/plan.yaml" >frozen.yaml
run plan apply --store "$store" frozen.yaml
expect_status 1
expect_match err 'target'
run report --store "$store" --format json
expect_equal "$(jq -r .plan_version out 2>&1)" 1 "plan_version"

case_is "links lists a row for each programme and centre, the url last"
run links --store "$store" --format csv
expect_status 0
expect_match out '^programme,wave,centre,url.?$'
expect_equal "$(tail -n +2 out | cut -d, -f1,3 | sort | tr '\n' ' ')" \
    "later,north later,south past,north past,south visit,north visit,south " "rows"
expect_match out '^visit,spring,north,https?://[^/]+/t/[0-9A-Za-z]{12}.?$'
expect_match out '^later,summer,'
cp out links.txt
run links --store "$store"
cmp -s out links.txt
verdict $? "the open links are the same each time"

case_is "codes prints as many one-time codes as were asked for, all different"
run codes --store "$store" --programme visit --wave spring --centre north --count 25
expect_status 0
expect_match out '^code,url.?$'
expect_equal "$(tail -n +2 out | cut -d, -f1 | sort -u | wc -l)" 25 "codes"
expect_match out '^[0-9A-Z]{4}-?[0-9A-Z]{4}-?[0-9A-Z]{4},https?://[^/]+/t/[0-9A-Za-z]{12}.?$'

case_is "codes takes a number from 1 up, and a reason for voiding"
wrong_usage codes --store "$store" --programme visit --wave spring --count 0
wrong_usage codes --store "$store" --programme visit --wave spring --count many
wrong_usage codes --store "$store" --void 1
wrong_usage codes --store no-store-here --programme visit --wave spring --count 0
wrong_usage codes --store no-store-here --void 1

case_is "codes refuses what the plan does not know"
run codes --store "$store" --programme nothing --wave spring --count 1
expect_status 1
expect_in err nothing
run codes --store "$store" --programme visit --wave nothing --count 1
expect_status 1
run codes --store "$store" --programme visit --wave spring --centre nothing --count 1
expect_status 1

case_is "the report of an empty store counts nothing"
run report --store "$store"
expect_status 0
run report --store "$store" --format json
expect_status 0
expect_equal "$(jq -r .as_of out 2>&1)" 2026-05-15 "as_of"
expect_equal "$(received relief)" 0 "received"

case_is "stats computes a table, and names a bad row"
printf 'id,x,n,N\nwave,150,157,157\n' >rate.csv
run stats rate rate.csv
expect_status 0
expect_match out '^wave,0\.95541.*,met,9554,9554,9554,CENSUS.?$'
printf 'id,x,n,N\nwave,158,157,157\n' >rate.csv
run stats rate rate.csv
expect_status 1
expect_match err '^rate\.csv:2: '
expect_equal "$(wc -c <out)" 0 "bytes on stdout"

case_is "a new store verifies"
run verify --store "$store"
expect_status 0

case_is "a calendar that is no day is refused"
MANYI_TODAY=2026-02-30 run report --store "$store"
expect_match err 'MANYI_TODAY'
[[ $status != 0 ]]
verdict $? "a status other than 0"

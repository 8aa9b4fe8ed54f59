#!/usr/bin/env bash
# housing.sh: the answers of 1,681 residents about their housing (Madsen 1976), from the
# file into the report. The file is not ours to give away, so that it lies beside the tree
# where somebody has it.
# Usage: housing.sh MANYI FOLDER, the folder with housing.csv and housing-plan.yaml
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
manyi=$(realpath "$1")
data=$(realpath "$2")
work=$(mktemp -d)
store=$work/store
export MANYI_TODAY=1971-12-31 LC_ALL=C.UTF-8
cd "$work" || exit 1
# shellcheck source=../contract/steps.sh
source "$here/../contract/steps.sh"
trap 'rm -rf "$work"' EXIT

case_is "the plan of the survey is put in force"
run plan apply --store "$store" "$data/housing-plan.yaml"
expect_status 0

case_is "all its answers are taken in, once"
run import --store "$store" "$data/housing.csv"
expect_status 0
expect_in out ': 1681 rows, 1681 stored, 0 there already.'
run import --store "$store" "$data/housing.csv"
expect_in out ': 1681 rows, 0 stored, 1681 there already.'

case_is "the report has received them all"
expect_equal "$(received housing)" 1681 received

case_is "its figures are those that R computed"
# Each name of ours, R's name and how far they may lie apart (tests/reference/tolerances.csv).
"$manyi" report --store "$store" --format json >report.json
far=$(jq -r --slurpfile r "$data/housing-expected.json" '
    .indicators[0] as $ours | $r[0] as $theirs |
    [["rate", "p", 1e-10], ["se", "se", 1e-9], ["lo", "lo", 1e-8], ["hi", "hi", 1e-8],
     ["n", "n", 0], ["population", "N", 0], ["n_eff", "n_eff", 4e-5]] |
    map(select(($ours[.[0]] - ($theirs[.[1]] | tonumber) | fabs) > .[2]) | .[0]) |
    join(" ")' report.json)
expect_equal "$far" "" "figures too far from R"
far=$(jq -r --slurpfile r "$data/housing-expected.json" '
    .indicators[0].score as $ours | $r[0] as $theirs |
    [["mean", "mean", 1e-8], ["lo", "mean_lo", 1e-6], ["hi", "mean_hi", 1e-6]] |
    map(select(($ours[.[0]] - $theirs[.[1]] | fabs) > .[2]) | .[0]) | join(" ")' report.json)
expect_equal "$far" "" "scores too far from R"
expect_equal "$(jq -r '.indicators[0].verdict' report.json)" \
    "$(jq -r .verdict "$data/housing-expected.json")" verdict
expect_equal "$(jq -c '.indicators[0].flags' report.json)" "[]" flags

case_is "rows and counts agree"
run verify --store "$store"
expect_status 0
expect_in out 1681
summary

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

case_is "rows and counts agree"
run verify --store "$store"
expect_status 0
expect_in out 1681
summary

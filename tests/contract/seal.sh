# shellcheck shell=bash disable=SC2154,SC2034 # names of contract.sh and steps.sh
# seal.sh: the seal of a report, verify on stores and files, evidence for an auditor.

report_seal() {
    "$manyi" report --store "$store" --format json | jq -r .seal
}

case_is "a report carries one seal in each of its formats"
seal=$(report_seal)
expect_like "$seal" '^[0-9a-f]{64}$' "seal"
run report --store "$store"
expect_in out "$seal"
run report --store "$store" --format csv
expect_match out "^report,.*$seal"

case_is "the seal changes with the answers, and only with them"
expect_equal "$(report_seal)" "$seal" "seal"
printf '%s,overall\nvisit,spring,north,paper,self,2026-05-09,4\n' "$columns" >one.csv
run import --store "$store" one.csv
expect_status 0
import=$(sed -n 's/^Import \([0-9]*\):.*/\1/p' out)
[[ $(report_seal) != "$seal" ]]
verdict $? "another seal with one more answer"
run import --store "$store" --withdraw "$import" --reason 'a trial'
expect_status 0
expect_equal "$(report_seal)" "$seal" "seal without it again"

case_is "verify prints the seal that stands on the report"
run verify --store "$store"
expect_status 0
expect_in out "$seal"
run verify --store "$store" --format json
expect_status 0
expect_equal "$(jq -r .matches out)" true "matches"
expect_equal "$(jq -r .seal out)" "$seal" "seal"
expect_equal "$(jq -r '.problems | length' out)" 0 "problems"

case_is "evidence is one file that verifies alone"
run evidence --store "$store" evidence.manyi
expect_status 0
expect_in out 'manyi verify evidence.manyi'
mkdir alone && mv evidence.manyi alone/
run verify alone/evidence.manyi
expect_status 0
expect_in out "$seal"
run verify --store alone/evidence.manyi --format json
expect_status 0
expect_equal "$(jq -r .seal out)" "$seal" "seal"
expect_equal "$(ls alone)" evidence.manyi "files beside it"

case_is "evidence tells nothing of comments, not even how many there are"
told=$("$manyi" report --store "$store" --format json |
    jq '[.indicators[].comments.received] | add')
expect_like "$told" '^[0-9]+$' "what the store's own report tells"
grep -q -a '"comments": null' alone/evidence.manyi
verdict $? "comments are null"
grep -q -a '"held_back"' alone/evidence.manyi
[[ $? == 1 ]]
verdict $? "no counts of comments"

case_is "evidence is not written over anything"
run evidence --store "$store" alone/evidence.manyi
expect_status 1
expect_in err alone/evidence.manyi
run verify alone/evidence.manyi
expect_status 0

case_is "a report that was changed in the evidence is named by its line"
LC_ALL=C sed 's/"verdict": "\(likely_m\)et"/"verdict": "\1Et"/; s/"as_of": "2026-05-15"/"as_of": "2026-05-16"/' \
    alone/evidence.manyi >alone/forged.manyi
run verify alone/forged.manyi
expect_status 1
expect_in out 'The report in the file'
expect_in out '2026-05-16'

case_is "answers that were changed in the evidence are named"
LC_ALL=C sed 's/visitspringnorth/visitspringsouth/' alone/evidence.manyi >alone/forged.manyi
run verify --format json alone/forged.manyi
expect_status 1
expect_equal "$(jq -r .matches out)" false "matches"
expect_match out 'was changed after it was stored'

case_is "a backup is verified as a file"
run verify "$store/manyi.db"
expect_status 0
expect_in out "$seal"

case_is "what is no file of ours is refused in words"
echo hello >letter.txt
run verify letter.txt
expect_status 1
expect_in err letter.txt
run verify
expect_status 2
run verify --store "$store" alone/evidence.manyi
expect_status 2
run evidence --store "$store"
expect_status 2
run evidence --store "$store" --as-of never evidence.manyi
expect_status 2

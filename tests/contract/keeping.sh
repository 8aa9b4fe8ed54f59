# shellcheck shell=bash disable=SC2154,SC2034 # names of contract.sh and steps.sh
# keeping.sh: the store beside a running server, over restarts, kills and new versions.
case_is "a second serve on one store is refused"
run serve --store "$store" --listen 127.0.0.1:0
expect_status 1
expect_match err '.'

case_is "a port that is taken is a failure that names it"
run serve --store "$work/other" --listen "${base#http://}"
expect_status 1
expect_in err "${base##*:}"

case_is "a new version of the plan appears on the pages while serve runs"
new_form "$visit"
sed 's/How satisfied are you?/How content are you?/' "$here/plan.yaml" >reworded.yaml
run plan apply --store "$store" reworded.yaml
expect_status 0
for _ in {1..30}; do
    http GET "$visit?lang=en"
    ! grep -q 'How content' body || break
    sleep 0.1
done
expect_in body 'How content are you?'
run report --store "$store" --format json
expect_equal "$(jq -r .plan_version out 2>&1)" 2 "plan_version"

case_is "a form handed out under the version before is still taken"
before=$(received relief)
post "$action" "submission=$form" overall=5
expect_status 303
expect_equal "$(received relief)" $((before + 1)) "received"

case_is "what was acknowledged is there after a kill"
http POST "$visit" --data overall=5
expect_status 303
stop_server KILL
start_server
expect_equal "$(received relief)" $((before + 2)) "received"
run verify --store "$store"
expect_status 0

case_is "a form from before the kill still counts once"
post "$visit" "submission=$form" overall=5
expect_status 303
expect_equal "$(received relief)" $((before + 2)) "received"

case_is "the public address is kept, and used by links"
stop_server
expect_status 0
start_server --public-url https://manyi.example
stop_server
run links --store "$store"
expect_match out ',https://manyi\.example/t/[0-9A-Z]{12}.?$'

case_is "the calendar decides which wave a link stands for"
MANYI_TODAY=2026-06-02
start_server
http GET "$(open_path later north)"
expect_status 200
http GET "$visit"
expect_status 410
stop_server
expect_status 0
MANYI_TODAY=2026-05-15

case_is "a folder that is no store, or a file, is refused in words"
mkdir not-a-store && echo hello >not-a-store/letter.txt
run serve --store not-a-store/letter.txt --listen 127.0.0.1:0
expect_status 1
expect_in err letter.txt

# shellcheck shell=bash disable=SC2154,SC2034 # names of contract.sh and steps.sh
# traces.sh: what a server keeps of people who answered: no file of its store, no line of
# its log, no backup and no answer that it gave has a code, or leads from one to the other.
traces=$work/traces
store=$traces/store
mkdir -p "$traces/given"
run plan apply --store "$store" "$here/plan.yaml"
start_server
new_codes visit spring 12

grouped() { # CODE: as it stands on a slip
    printf '%s-%s-%s' "${1:0:4}" "${1:4:4}" "${1:8}"
}

# Whatever a server gives after a form was sent: next page, head and body.
give() { # NAME
    cat headers body >>"$traces/given/$1"
}

secrets=()
for slip in "${slips[@]:0:12}"; do
    code=${slip#/t/}
    new_form "$slip"
    secrets+=("$code" "$(grouped "$code")")
    post "$slip" "submission=$form" overall=5 "comment=trace-$form"
    give thanks
    ids+=("$form")
    post "$slip" overall=1 # used
    post "$slip" "submission=$form" overall=5
    give thanks
    http GET /thanks
    give thanks
    post / "code=$(grouped "${code:0:11}0")" # mistyped
    http GET "${slip%?}" # cut short
done

case_is "no page after the form was sent has a code, and browsers send none along"
grep -r -q -i -F -f <(printf '%s\n' "${secrets[@]}") "$traces/given"
[[ $? == 1 ]]
verdict $? "no code in what was given"
http GET "${slips[0]}"
expect_like "$(header Referrer-Policy)" '^no-referrer$' Referrer-Policy

case_is "no log, store or backup has a code, and no log an answer's id or words"
run backup --store "$store" "$traces/backup"
expect_status 0
stop_server
cp serve.out serve.err "$traces"
grep -r -q -i -a -F -f <(printf '%s\n' "${secrets[@]}") \
    "$store" "$traces/backup" "$traces"/serve.*
[[ $? == 1 ]]
verdict $? "no code in any file"
grep -q -i -F -f <(printf '%s\n' "${ids[@]}" trace-) "$traces"/serve.*
[[ $? == 1 ]]
verdict $? "no id and no words in the log"

case_is "what is looked for would be found"
grep -q -a -F trace- "$traces/backup"
verdict $? "the comments in the backup"
store=$work/store

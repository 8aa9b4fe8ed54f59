# shellcheck shell=bash disable=SC2154,SC2034 # names of contract.sh and steps.sh
# answers.sh: the questionnaire over HTTP: forms, answers, codes that are open, spent, void.
start_server
case_is "serve prints its address once it is ready"
[[ -n $base ]]
verdict $? "an address on stdout"
expect_match serve.err 'MANYI_TODAY|2026-05-15'
visit=$(open_path visit north)
case_is "links knows the open path of a programme"
expect_like "$visit" '^/t/[0-9A-Z]{12}$' "a path"

case_is "the front door, the thanks and the health paths answer"
for path in / /thanks /healthz /readyz; do
    http GET "$path"
    expect_status 200
done

case_is "a code typed at the front door, grouped and in lower case, opens its page"
typed=${visit#/t/}
post / "code=${typed:0:4}-${typed:4:4} ${typed:8}"
expect_status 303
expect_like "$(header Location)" "$visit" Location
post / "code=${typed,,}"
expect_status 303
post / "code=${typed:0:11}"
expect_status 422

case_is "an open code shows the questionnaire of its programme, in both languages"
http GET "$visit"
expect_status 200
expect_in body '您总体满意吗？'
expect_in body '北站'
expect_in body '<input type="radio" name="overall" value="5"'
expect_in body '<input type="radio" name="overall" value="1"'
expect_in body '<input type="radio" name="timely" value="3"'
expect_in body 'name="reasons"'
expect_in body 'name="comment"'
expect_like "$(form_id)" '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' "a hidden id"
http GET "$visit?lang=en"
expect_status 200
expect_in body 'How satisfied are you?'

case_is "a page is never kept by a cache, and runs no script of strangers"
http GET "$visit"
expect_like "$(header Content-Type)" '^text/html; *charset=utf-8$' Content-Type
expect_like "$(header Cache-Control)" 'no-store' Cache-Control
expect_like "$(header X-Content-Type-Options)" 'nosniff' X-Content-Type-Options
expect_like "$(header Content-Security-Policy)" "default-src" Content-Security-Policy
expect_no_match headers 'Content-Security-Policy:.*unsafe'

case_is "a page is compressed for who takes it, and says so"
http GET "$visit" --compressed
expect_status 200
expect_in body '您总体满意吗？'
expect_like "$(header Content-Encoding)" '^gzip$' Content-Encoding
expect_like "$(header Vary)" '^Accept-Encoding$' Vary
http GET "$visit"
expect_equal "$(header Content-Encoding)" '' Content-Encoding

case_is "a tablet has a page, and a page for each centre"
http GET /kiosk
expect_status 200
http GET '/kiosk?centre=north'
expect_status 200
http GET '/kiosk?centre=nowhere'
expect_status 404

case_is "a page says that its calendar is set"
expect_match body '2026-05-15|5 ?月 ?15 ?日'

case_is "what a page needs is kept for ever under its name"
http GET "$(grep -o -m 1 -E '/assets/[^"]+[.]css' body)"
expect_status 200
expect_like "$(header Cache-Control)" immutable Cache-Control
http GET /assets/no-such-file.css
expect_status 404

case_is "HEAD answers like GET, without the body"
http HEAD "$visit"
expect_status 200
expect_like "$(header Content-Length)" '^[1-9][0-9]+$' Content-Length
http HEAD /t/000000000000
expect_status 404

case_is "a code is found in lower case, and under /T/"
http GET "${visit,,}"
expect_status 200
http GET "${visit/\/t\///T/}"
expect_status 200

case_is "an answer is thanked and counted once"
before=$(received relief)
new_form "$visit"
post "$visit" "submission=$form" overall=5 timely=4 comment=谢谢
expect_status 303
expect_like "$(header Location)" '/thanks' Location
expect_equal "$(received relief)" $((before + 1)) "received"

case_is "the same form sent again is thanked again and counts nothing"
post "$visit" "submission=$form" overall=5 timely=4 comment=谢谢
expect_status 303
expect_like "$(header Location)" '/thanks' Location
expect_equal "$(received relief)" $((before + 1)) "received"

case_is "a new form of an open code is a new answer"
new_form "$visit"
post "$visit" "submission=$form" overall=1 reasons=late reasons=far
expect_status 303
expect_equal "$(received relief)" $((before + 2)) "received"

case_is "an id left out is made by the server; empty pairs are skipped"
http POST "$visit" --data '&&overall=4&&timely=&'
expect_status 303
expect_equal "$(received relief)" $((before + 3)) "received"

case_is "a one-time code is spent by its first answer, and never by looking"
new_codes visit spring 1 --centre south
slip=${slips[0]}
http GET "$slip"
expect_status 200
http HEAD "$slip"
new_form "$slip"
expect_status 200
post "$slip" "submission=$form" overall=4
expect_status 303
first=$form
http GET "$slip"
expect_status 409
http POST "$slip" --data overall=3
expect_status 409
expect_equal "$(received relief)" $((before + 4)) "received"

case_is "a replay of the answer that spent the code is answered like the first time"
post "$slip" "submission=$first" overall=4
expect_status 303
expect_equal "$(received relief)" $((before + 4)) "received"

case_is "of two that answer at once with one slip, one wins"
new_codes visit spring 1
slip=${slips[0]}
for number in 1 2 3 4; do
    curl -s -o "race$number.txt" -w '%{http_code}\n' --data overall=5 "$base$slip" &
    racers[number]=$!
done >race.txt
wait "${racers[@]}"
sent="four times POST $slip at once" status=$(sort race.txt | tr '\n' ' ')
shown=(race1.txt)
expect_equal "$status" "303 409 409 409 " "statuses"
expect_equal "$(received relief)" $((before + 5)) "received"

case_is "a programme for invited people only takes slips, not posters"
new_codes letters spring 1
http POST "${slips[0]}" --data overall=5
expect_status 303

case_is "outside its wave a code answers 410; a wave to come says when"
http GET "$(open_path later north)"
expect_status 410
expect_match body '6 ?月 ?1 ?日|2026-06-01'
http POST "$(open_path later north)" --data overall=5
expect_status 410
http GET "$(open_path past north)"
expect_status 410
http POST "$(open_path past north)" --data overall=5
expect_status 410

case_is "a batch that was voided answers 410; what was spent before stays"
new_codes visit spring 3
batch=$(grep -o -i -m 1 -E '(batch|批次?) *[0-9]+' err | grep -o -E '[0-9]+')
expect_like "$batch" '^[0-9]+$' "the batch's number in the message of codes"
http POST "${slips[0]}" --data overall=5
expect_status 303
run codes --store "$store" --void "${batch:-0}" --reason 'the box was lost'
expect_status 0
http GET "${slips[1]}"
expect_status 410
http POST "${slips[1]}" --data overall=5
expect_status 410
http POST "${slips[0]}" --data overall=5
expect_status 409
run codes --store "$store" --void "${batch:-0}" --reason again
expect_status 1
run codes --store "$store" --void 999999 --reason 'no such batch'
expect_status 1

case_is "verify agrees with what was sent"
run verify --store "$store"
expect_status 0

case_is "the report counts what was sent under its own indicator"
expect_equal "$(received relief)" 7 "received"
expect_equal "$(received other)" 0 "received"
figures=$(
    "$manyi" report --store "$store" --format json | jq -c '.indicators[] |
        select(.id == "relief") | [.population, .asked, [.strata[].received]]'
)
expect_equal "$figures" '[197,29,[6,1]]' "population, codes less those voided, strata"

case_is "a form sent in the second it was shown in is flagged, and counts"
send_at_once() { # PATH: five forms, each with its stamp, from compressed copies
    local stamp
    for _ in 1 2 3 4 5; do
        http GET "$1" --compressed
        form=$(form_id)
        stamp=$(sed -n -E 's/.*name="shown_at" value="([0-9a-f]{24})".*/\1/p' body | head -1)
        http POST "$1" --data "submission=$form&shown_at=$stamp&overall=4&timely=4"
        expect_status 303
    done
}
send_at_once "$visit"
flags=$(
    "$manyi" report --store "$store" --format json | jq -c '.indicators[] |
        select(.id == "relief") | [.received, .flagged >= 3, .without_flagged]'
)
expect_equal "$flags" '[12,true,null]' "received, flagged, too few to be set apart"
run verify --store "$store"
expect_status 0

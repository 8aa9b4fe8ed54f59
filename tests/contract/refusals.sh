# shellcheck shell=bash disable=SC2154,SC2034 # names of contract.sh and steps.sh
# refusals.sh: what is refused over HTTP, each with its status, and none of it counted.
before=$(received relief)

case_is "a code that nobody made answers 404"
http GET /t/000000000000
expect_status 404
http POST /t/000000000000 --data overall=5
expect_status 404
http GET /t/nonsense
expect_status 404
http GET /no/such/path
expect_status 404
http GET "$visit/"
expect_status 404
http GET "/t/%41${visit#/t/?}"
expect_status 404

refused() { # SENTENCE ENCODED_FORM: 422 with the page again
    case_is "$1"
    http POST "$visit" --data "$2"
    expect_status 422
    expect_in body '<input type="radio" name="overall"'
}
refused "the question that counts must be answered" 'timely=5'
refused "an empty form is not an answer" ''
refused "a level of 6 is refused" 'overall=6'
refused "a level of 0 is refused" 'overall=0'
refused "a level that is no digit is refused" 'overall=05'
refused "a question nobody asked is refused" 'overall=5&bogus=1'
refused "a rating given twice is refused" 'overall=5&overall=4'
refused "an option nobody offered is refused" 'overall=1&reasons=bogus'
refused "bad UTF-8 is refused" 'overall=5&comment=%ff%fe'
refused "a NUL in a text is refused" 'overall=5&comment=a%00b'
refused "an id that is none is refused" 'overall=5&submission=1234'
refused "a text over its maximum is refused" "overall=5&comment=$(printf 'x%.0s' {1..201})"

case_is "a text of exactly its maximum is taken"
http POST "$visit" --data "overall=5&comment=$(printf 'x%.0s' {1..200})"
expect_status 303

case_is "what was typed comes back with the 422, harmless"
post "$visit" 'comment=<script>alert(1)</script>"&'
expect_status 422
expect_in body '&lt;script&gt;'
expect_no_match body '<script>alert'

case_is "a method that a path does not know answers 405 with the ones it does"
for method in PUT DELETE PATCH OPTIONS; do
    http "$method" "$visit"
    expect_status 405
    expect_like "$(header Allow)" 'GET.*POST|POST.*GET' Allow
done
http POST /thanks --data x=1
expect_status 405

case_is "a chunked body answers 411"
http POST "$visit" --header 'Transfer-Encoding: chunked' --data overall=5
expect_status 411

case_is "a body over the maximum answers 413"
head -c 20000 /dev/zero | tr '\0' 'x' >large.txt
http POST "$visit" --data-binary @large.txt
expect_status 413

case_is "an address over the maximum answers 414"
http GET "/t/$(printf 'x%.0s' {1..3000})"
expect_status 414

case_is "too many headers answer 431"
many=()
for number in {1..70}; do
    many+=(--header "X-Header-$number: 1")
done
http GET / "${many[@]}"
expect_status 431

case_is "malformed framing answers 400"
raw 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'
expect_status 400
raw "POST $visit HTTP/1.1\r\nHost: x\r\nContent-Length: 1x\r\n\r\na"
expect_status 400
raw 'GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n'
expect_status 400
raw 'GET / HTTP/1.1\r\nHost: x\r\nA: 1\r\n folded\r\n\r\n'
expect_status 400

case_is "nothing of what was refused was counted"
expect_equal "$(received relief)" $((before + 1)) "received"
run verify --store "$store"
expect_status 0

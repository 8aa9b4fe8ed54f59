# shellcheck shell=bash disable=SC2154,SC2034 # names of contract.sh and steps.sh
# signin.sh: who may see the console: the first link, passwords, sessions, invitations.
answered=$store
store=$work/console
run plan apply --store "$store" "$here/plan.yaml"

browse() { # JAR METHOD PATH [CURL ARGUMENT…]: like http, as a browser with those cookies
    http "$2" "$3" --cookie "$1" --cookie-jar "$1" "${@:4}"
}
csrf_of() { # JAR: what forms of that browser's session carry, from the page it saw last
    sed -n -E 's/.*name="csrf" value="([^"]+)".*/\1/p' body | head -1
}
choose() { # JAR PATH NAME PASSWORD: uses a link up
    browse "$1" POST "$2" --data-urlencode "name=$3" --data-urlencode "password=$4" \
        --data-urlencode "again=$4"
}
link_in() { # FILE: the path of the link that it holds
    grep -o -m 1 -E '/signin/[0-9a-f]{64}' "$1"
}
operator_state() { # NAME
    "$manyi" operator list --store "$store" --format json |
        jq -r --arg name "$1" '.operators[] | select(.name == $name) | .state'
}

case_is "serve on a store without operators prints a link to sign in once"
start_server
expect_match serve.out '^Sign in once: http://127\.0\.0\.1:[0-9]+/signin/[0-9a-f]{64}$'
first=$(link_in serve.out)

case_is "nobody sees the console who is not signed in"
http GET /operators
expect_status 303
expect_equal "$(header Location)" '/signin?then=%2Foperators' Location
http GET '/operators?lang=en'
expect_equal "$(header Location)" '/signin?lang=en&then=%2Foperators%3Flang%3Den' Location
http POST /operators --data action=invite
expect_status 403
http POST /signout --data ''
expect_status 403
http GET /signin
expect_status 200
http GET /
expect_in body '/signin'
expect_in body '/kiosk'

case_is "the first to open the link names themself and chooses a password"
http GET "$first"
http HEAD "$first"
http GET "$first"
expect_status 200
choose wang.jar "$first" 'Wang Min' short
expect_status 422
choose wang.jar "$first" 'Wang Min' 'a short sentence'
expect_status 303
expect_equal "$(header Location)" /reports Location
expect_like "$(header Set-Cookie)" \
    '^manyi=[0-9a-f]{64}; Path=/; HttpOnly; SameSite=Lax; Max-Age=604800$' Set-Cookie
expect_like "$(header Cache-Control)" no-store Cache-Control

case_is "the link works once"
choose thief.jar "$first" Thief 'another sentence'
expect_status 410
http GET "$first"
expect_status 410

case_is "who is signed in sees the list, which no cache keeps"
browse wang.jar GET /operators
expect_status 200
expect_in body 'Wang Min'
expect_like "$(header Cache-Control)" no-store Cache-Control
csrf=$(csrf_of wang.jar)

case_is "a form without its proof, or sent from elsewhere, is refused"
invite() { # [CURL ARGUMENT…]
    browse wang.jar POST /operators --data action=invite --data-urlencode 'name=Li Na' "$@"
}
invite
expect_status 403
invite --data "csrf=${csrf/[0-9a-f]/x}"
expect_status 403
invite --data "csrf=$csrf" --header 'Origin: https://evil.example'
expect_status 403
invite --data "csrf=$csrf" --header 'Sec-Fetch-Site: cross-site'
expect_status 403
run operator list --store "$store" --format json
expect_equal "$(jq '.operators | length' out)" 1 "operators"

case_is "a second operator is invited by a link that is shown once"
invite --data "csrf=$csrf" --header "Origin: $base" --header 'Sec-Fetch-Site: same-origin'
expect_status 200
link=$(link_in body)
expect_equal "$(operator_state 'Li Na')" invited state
browse wang.jar GET /operators
expect_no_match body '/signin/[0-9a-f]{64}'
choose li.jar "$link" '' 'a second sentence'
expect_status 303
browse li.jar GET /operators
expect_status 200
expect_equal "$(operator_state 'Li Na')" active state

case_is "name and password sign in, in any case, and lead back to where one was going"
browse li2.jar POST /signin --data 'name=li+na' --data-urlencode 'password=a second sentence' \
    --data-urlencode then=/operators
expect_status 303
expect_equal "$(header Location)" /operators Location
browse li2.jar GET /operators
expect_status 200

case_is "another server is never gone on to"
for place in //evil.example 'https://evil.example' '/\evil.example'; do
    browse li2.jar POST /signin --data 'name=li+na' \
        --data-urlencode 'password=a second sentence' --data-urlencode "then=$place"
    expect_status 303
    expect_equal "$(header Location)" /reports Location
done

case_is "signing out ends the session, for whoever kept the cookie as well"
browse li2.jar GET /operators
cp li2.jar kept.jar
browse li2.jar POST /signout --data "csrf=$(csrf_of li2.jar)"
expect_status 303
browse kept.jar GET /operators
expect_status 303

case_is "a wrong password and an unknown name are answered alike"
post /signin 'name=Wang Min' 'password=a wrong sentence'
expect_status 422
grep -v 'id="name"' body >wrong.html
post /signin 'name=Nobody At All' 'password=a wrong sentence'
expect_status 422
cmp -s <(grep -v 'id="name"' body) wrong.html
verdict $? "the same page"

case_is "after five wrong tries a name waits, and no other"
for _ in 1 2 3 4; do
    post /signin 'name=Wang Min' 'password=a wrong sentence'
    expect_status 422
done
post /signin 'name=Wang Min' 'password=a short sentence'
expect_status 429
expect_like "$(header Retry-After)" '^[0-9]+$' Retry-After
post /signin 'name=Li Na' 'password=a second sentence'
expect_status 303

case_is "disabling somebody ends their sessions"
run operator disable --store "$store" --name 'LI NA'
expect_status 0
expect_equal "$(operator_state 'Li Na')" disabled state
browse li.jar GET /operators
expect_status 303
post /signin 'name=Li Na' 'password=a second sentence'
expect_status 422

case_is "a reset prints a link, and ends what was before"
run operator reset --store "$store" --name 'Li Na'
expect_status 0
expect_match out '^Sign in once: http://127\.0\.0\.1:[0-9]+/signin/[0-9a-f]{64}$'
again=$(link_in out)
choose li.jar "$again" '' 'a third sentence'
expect_status 303
browse li.jar GET /operators
expect_status 200

case_is "operator add prints an invitation; a name is taken once"
run operator add --store "$store" --name '赵 强' --public-url https://manyi.example/
expect_status 0
expect_match out 'https://manyi\.example/signin/[0-9a-f]{64}$'
expect_match err '赵 强'
run operator add --store "$store" --name 赵强
expect_status 1
run operator disable --store "$store" --name 'Nobody At All'
expect_status 1
run operator reset --store "$store" --name 'Nobody At All'
expect_status 1
run operator add --store "$store" --name ''
expect_status 1
run operator add --store "$store"
expect_status 2
run operator list --store "$store"
expect_status 0
expect_match out '2026-05-15 +invited +赵 强'

case_is "sessions outlive the server, and a store with operators prints no link"
stop_server
start_server
expect_no_match serve.out 'signin'
browse li.jar GET /operators
expect_status 200

case_is "behind https the cookie is sent over https only"
stop_server
start_server --public-url https://manyi.example
post /signin 'name=Li Na' 'password=a third sentence'
expect_like "$(header Set-Cookie)" '; Secure$' Set-Cookie
stop_server

case_is "the first link ends with the server that printed it"
store=$work/console2
start_server
first=$(link_in serve.out)
stop_server
start_server
second=$(link_in serve.out)
http GET "$first"
expect_status 410
http GET "$second"
expect_status 200
stop_server

case_is "no file of the store holds a secret, and no log a name"
! grep -q -r -a -F -e "${second#/signin/}" -e 'a short sentence' -e "$csrf" \
    "$work/console" "$work/console2"
verdict $? "no token in the stores"
expect_no_match serve.err 'signin|Wang|Li Na'
store=$answered

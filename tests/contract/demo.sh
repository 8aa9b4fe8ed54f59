# shellcheck shell=bash disable=SC2154,SC2034 # names of contract.sh and steps.sh
# demo.sh: the demonstration: it needs nothing, shows everything, and never passes for real.
unset MANYI_TODAY
export TMPDIR=$work/temporary
mkdir "$TMPDIR"
real=$store

start_demo() { # [ARGUMENT…]: like start_server, without a store
    local patience=100
    : >serve.out
    "$manyi" serve --demo --listen 127.0.0.1:0 "$@" >serve.out 2>serve.err &
    server=$! base=''
    while ! grep -q 2026-11-22 serve.out && ((patience-- > 0)) && kill -0 $server 2>/dev/null; do
        sleep 0.1
    done
    base=$(grep -o -m 1 -E 'http://127\.0\.0\.1:[0-9]+' serve.out)
    sent="manyi serve --demo --listen 127.0.0.1:0 $*" status=${base:-no address}
    shown=(serve.out serve.err)
}

demo_folders() {
    find "$TMPDIR" -mindepth 1 -maxdepth 1 -name 'manyi-demo.*'
}

case_is "serve without a store says how to name one, or to see the demonstration"
run serve
expect_status 2
expect_in err --demo
run serve --demo=yes
expect_status 2

case_is "the demonstration needs no store, and prints where to begin"
start_demo
expect_equal "$(demo_folders | wc -l)" 1 "folders made"
demo=$(demo_folders)
phone=$(sed -n -E 's#.*Phone page +https?://[^/]+(/t/[0-9A-Z]{12})$#\1#p' serve.out)
expect_like "$phone" '^/t/' "the phone page's path"
kiosk=$(sed -n -E 's#.*Kiosk +https?://[^/]+(/.*)$#\1#p' serve.out)
expect_equal "$kiosk" /kiosk "the tablet's path"
managers=$(sed -n -E 's#.*Managers +https?://[^/]+(/signin/[^ ]+)$#\1#p' serve.out)
expect_like "$managers" '^/signin/.' "the managers' path"

case_is "every page says that the data are made up, and on which day it stands"
for page in "$phone" "$phone?lang=en" / /thanks /no-such-page "$kiosk" "$managers" /signin \
    "$kiosk?centre=yueyang"; do
    http GET "$page"
    expect_in body '演示数据 · Demo data'
    expect_in body '2026-11-22'
done

case_is "an answer to it is taken"
new_form "$phone"
expect_status 200
post "$phone" "submission=$form" overall=5
expect_status 303

case_is "every format of its report says so, on the demonstration's day"
run report --store "$demo" --format json
expect_status 0
expect_equal "$(jq -r .demo out)" true "demo"
expect_equal "$(jq -r .as_of out)" 2026-11-22 "as_of"
expect_in err "$demo"
run report --store "$demo" --format csv
expect_equal "$(tr -d '\r' <out | awk -F, '{ print $NF }' | sort | uniq -c | wc -l)" 2 \
    "values in the last column"
expect_equal "$(head -1 out | tr -d '\r' | awk -F, '{ print $NF }')" demo "last column"
expect_match out ',1.?$'
run report --store "$demo"
expect_equal "$(head -1 out)" '演示数据 · Demo data' "first line"

case_is "its figures tell what a year tells"
run report --store "$demo" --format json
for expected in relief:met flexible-workers:likely_missed grassroots:likely_met; do
    expect_equal "$(jq -r --arg id "${expected%:*}" \
        '.indicators[] | select(.id == $id) | .verdict' out)" "${expected#*:}" "$expected"
done
run verify --store "$demo"
expect_status 0

# shellcheck source=leaving.sh
source "$here/leaving.sh"

case_is "a second demonstration runs beside the first"
first=$server first_base=$base
start_demo
expect_equal "$(demo_folders | wc -l)" 2 "folders"
http GET /healthz
expect_status 200
stop_server
expect_status 0
expect_equal "$(demo_folders | wc -l)" 1 "folders left"

case_is "a demonstration that ends leaves nothing"
server=$first base=$first_base
http GET /healthz
expect_status 200
stop_server
expect_status 0
expect_equal "$(demo_folders | wc -l)" 0 "folders left"

case_is "the day of a demonstration can be set"
: >serve.out
MANYI_TODAY=2026-11-01 "$manyi" serve --demo --listen 127.0.0.1:0 >serve.out 2>serve.err &
server=$!
for _ in {1..100}; do
    ! grep -q 2026-11-01 serve.out || break
    sleep 0.1
done
expect_in serve.out 2026-11-01
stop_server

case_is "a real store never becomes a demonstration"
before=$(received relief)
run serve --demo --store "$real" --listen 127.0.0.1:0
expect_status 1
expect_in err "$real"
expect_equal "$(wc -l <err)" 1 "sentences"
expect_equal "$(received relief)" "$before" "received"
run report --store "$real" --format json
expect_equal "$(jq -r .demo out)" false "demo"

case_is "with a folder of its own it is kept, served again, and marked without --demo too"
start_demo --store "$work/kept"
stop_server
expect_status 0
start_demo --store "$work/kept"
expect_like "$base" '^http' "an address"
stop_server
run verify --store "$work/kept"
expect_status 0
expect_match out '^3487 '
store=$work/kept
start_server
http GET /
expect_in body '演示数据 · Demo data'
stop_server
store=$real
export MANYI_TODAY=2026-05-15
unset TMPDIR

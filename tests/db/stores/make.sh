#!/usr/bin/env bash
# make.sh: prints the rows of a store that the given program has just filled, and on stderr
# which codes are in it. Needs curl and sqlite3.
# Usage: make.sh MANYI >version_N.sql
set -euo pipefail
manyi=$(realpath "$1")
work=$(mktemp -d)
store=$work/store server=''
export MANYI_TODAY=2026-02-09 LC_ALL=C.UTF-8
trap '[[ -z $server ]] || kill "$server"; rm -rf "$work"' EXIT
cd "$work"

cat >plan.yaml <<'END'
manyi: 1
year: 2026
organisation: {zh: 测试工会, en: Test union}
centres:
  - {id: north, name: {zh: 北站, en: North}}
  - {id: south, name: {zh: 南站, en: South}}
questionnaires:
  - id: relief
    items:
      - {id: overall, kind: rating, counts: true, unknown: true,
         text: {zh: 您总体满意吗？, en: Were you satisfied?}}
      - {id: timely, kind: rating, text: {zh: 及时吗？, en: Was it in time?}}
      - {id: reasons, kind: choice, many: true, when: overall <= 2,
         text: {zh: 为什么？, en: Why?},
         options: [{id: late, text: {zh: 太晚, en: Late}},
                   {id: rude, text: {zh: 态度, en: Rude}}]}
      - {id: comment, kind: text, max: 200, text: {zh: 想说的话, en: Remarks}}
indicators:
  - {id: relief, name: {zh: 帮扶满意度, en: Relief}, target: 85.00%,
     measure: top3, confidence: 95%, points: 10, programmes: [visits, courses]}
programmes:
  - id: visits
    name: {zh: 走访, en: Visits}
    questionnaire: relief
    group: relief
    grain: month
    waves:
      - {id: q1, opens: 2026-01-01, closes: 2026-03-31, population: 157}
      - {id: q2, opens: 2026-04-01, closes: 2026-06-30}
  - id: courses
    name: {zh: 培训, en: Courses}
    questionnaire: relief
    group: relief
    grain: wave
    coded_only: true
    centres: [north]
    waves:
      - {id: q1, opens: 2026-01-01, closes: 2026-03-31}
END

say() {
    printf '%s\n' "$*" >&2
}

run() {
    "$manyi" "$@" >&2
}

has_command() { # NAME
    [[ $("$manyi" --help) == *$'\n'"  $1 "* ]]
}

first_code() { # FILE
    sed -n 2p "$1" | cut -d, -f1
}

send() { # CODE FIELDS
    local status
    status=$(curl -s -o /dev/null -w '%{http_code}' --data "$2" "$address/t/${1//-/}")
    [[ $status == 303 ]] || say "the answer $2 was not taken: $status"
}

start_server() {
    "$manyi" serve --store "$store" --listen 127.0.0.1:0 >serve.out 2>/dev/null &
    server=$!
    until address=$(grep -o -m 1 'http://127\.0\.0\.1:[0-9]*' serve.out); do
        sleep 0.1
    done
}

# ---- what every program can ----

mkdir -m 700 "$store"
printf 'a key for tests, thirty-two long' >"$store/key"
run plan apply --store "$store" plan.yaml
"$manyi" codes --store "$store" --programme visits --wave q1 --centre north --count 3 >slips
"$manyi" codes --store "$store" --programme courses --wave q1 --count 2 \
    --channel link >links
"$manyi" codes --store "$store" --programme visits --wave q2 --count 4 >lost
run codes --store "$store" --void 3 --reason 'the box was lost'
start_server
poster=$("$manyi" links --store "$store" | tr -d '\r' | grep '^visits,.*,north,')
poster=${poster##*/}
for level in 1 2 3 4 5; do
    send "$poster" "overall=$level&timely=4&comment=word$level"
done
send "$(first_code slips)" overall=5
send "$(first_code links)" 'overall=unknown&timely=3'
sed 's/Was it in time?/Was it on time?/' plan.yaml >reworded.yaml
run plan apply --store "$store" reworded.yaml
sleep 1.5 # until the server has taken it in
send "$poster" 'overall=1&reasons=late&reasons=rude'

# ---- what came later ----

columns=programme,wave,centre,channel,mode,date
if has_command import; then
    printf '%s,overall,timely,comment\n%s\n%s\n' "$columns" \
        visits,q1,south,paper,assisted,2026-01-15,4,5,good \
        visits,q1,,phone,self,2026-02-03,3,, >kept.csv
    printf '%s,overall\n%s\n' "$columns" visits,q1,south,paper,self,2026-01-20,1 >wrong.csv
    run import --store "$store" kept.csv
    run import --store "$store" wrong.csv
    run import --store "$store" --withdraw 2 --reason 'another town'
fi
if has_command 'operator add'; then
    run operator add --store "$store" --name 'Wang Min'
    run operator add --store "$store" --name 'Li Na'
    run operator disable --store "$store" --name 'Li Na'
fi

kill "$server"
wait "$server" || say "serve ended with $?"
server=''
run verify --store "$store"
say "poster $poster, unspent $(sed -n 3p slips | cut -d, -f1)," \
    "spent $(first_code slips), void $(first_code lost)"
sqlite3 "$store/manyi.db" '.dump --data-only --newlines' | tr -d '\r' |
    grep -v -E '^(PRAGMA|BEGIN|COMMIT|INSERT INTO schema_version)'

#!/usr/bin/env bash
# nodes.sh: two servers of one database, and a crowd that answers at both. One is killed
# under load, its people send their forms again to the other: nothing is lost, nothing is
# counted twice.
# Usage: nodes.sh MANYI; MANYI_TEST_SERVER is the folder of the server's socket.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
manyi=$(realpath "$1")
work=$(mktemp -d)
name=nodes_$$
export MANYI_TODAY=2026-05-15 LC_ALL=C.UTF-8 MANYI_KEY=$work/key
store="postgres://postgres@/$name?host=$MANYI_TEST_SERVER"
servers=() bases=()
cd "$work" || exit 1
# shellcheck source=steps.sh
source "$here/steps.sh"

ask_server() { # SQL [DATABASE]
    psql -X -q -A -t -h "$MANYI_TEST_SERVER" -U postgres -d "${2:-postgres}" -c "$1"
}

finish() {
    local process
    for process in "${servers[@]}"; do
        kill "$process" 2>/dev/null && wait "$process" 2>/dev/null
    done
    ask_server "DROP DATABASE $name WITH (FORCE)"
    rm -rf "$work"
}
trap finish EXIT

start_node() {
    start_server --public-url http://hall.example
    servers+=("$server") bases+=("$base")
    server=''
}

# One person after another: the form from one node, sent there, and to the other one for
# as long as nobody says thanks. Who was thanked is on the list.
answer() { # NUMBER FIRST_NODE COUNT PATH
    local i form node code=none path=$4
    for ((i = 0; i < $3; i++)); do
        form=''
        for node in "$2" $((1 - $2)) "$2" $((1 - $2)); do
            [[ -n $form ]] || form=$(curl -s --max-time 5 "${bases[$node]}$path" |
                sed -n -E 's/.*name="submission" value="([^"]+)".*/\1/p' | head -1)
            [[ -n $form ]] || continue
            code=$(curl -s --max-time 5 -o "$1.body" -w '%{http_code}' "${bases[$node]}$path" \
                -d "submission=$form" -d overall=4)
            [[ $code != 303 ]] || break
        done
        echo "$code $form" >>"said.$1"
    done
}

ask_server "CREATE DATABASE $name TEMPLATE template0"
"$manyi" plan apply --store "$store" "$here/plan.yaml" >out 2>err
case_is "two servers share one database"
start_node
start_node
expect_equal "${#bases[@]}" 2 "servers"
expect_like "${bases[1]}" '^http' "the second one's address"
[[ -n ${bases[0]} && -n ${bases[1]} ]] || summary
poster=$(open_path visit north)

case_is "a code made by a command is known by both, and a form of one is taken by the other"
new_codes visit spring 1
base=${bases[0]}
new_form "${slips[0]}"
base=${bases[1]}
post "$action" "submission=$form" overall=5
expect_status 303
base=${bases[0]}
post "$action" "submission=$form" overall=5
expect_status 303
post "$action" "submission=${form%?????}00000" overall=5
expect_status 409

case_is "one is killed under load: nothing is lost or counted twice"
crowd=()
for person in 1 2 3 4; do
    answer "$person" $((person % 2)) 25 "$poster" &
    crowd+=($!)
done
sleep 1
kill -9 "${servers[1]}"
wait "${servers[1]}" 2>/dev/null
wait "${crowd[@]}"
thanked=$(cat said.* | grep -c '^303')
expect_equal "$thanked" 100 "thanked, at one node or the other"
expect_equal "$(sort -u said.* | grep -c '^303')" "$thanked" "forms"
expect_equal "$(ask_server "SELECT count(*) FROM submission" "$name")" \
    $((thanked + 1)) "rows"
run verify --store "$store"
expect_status 0

case_is "a killed one starts again beside the other"
start_node
new_codes visit spring 1
base=${bases[2]}
new_form "${slips[0]}"
post "$action" "submission=$form" overall=5
expect_status 303
base=${bases[0]}
http GET "${slips[0]}"
expect_status 409
run verify --store "$store"
expect_status 0
summary

#!/usr/bin/env bash
# faults.sh: what befalls a server of a database while people answer: it is killed and comes
# again, connections are cut, statements take too long, it only lets read, its disk is full,
# its standby takes over. Whoever was thanked is there, once; the others are told to try
# again, and do.
# Usage: faults.sh MANYI. Starts servers of its own, which do wait for their disk.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
manyi=$(realpath "$1")
work=$(mktemp -d /tmp/manyi-faults-XXXX) # the path of a socket must be short
contract=$here/../contract
export MANYI_TODAY=2026-05-15 LC_ALL=C.UTF-8 MANYI_KEY=$work/key
thanked=0
chmod 0711 "$work"
cd "$work" || exit 1
# shellcheck source=../contract/steps.sh
source "$contract/steps.sh"
# shellcheck source=server.sh
source "$here/server.sh"

# ---- servers ----

control() { # FOLDER COMMAND…
    as_server "$bin/pg_ctl" -D "$1/data" -w -t 60 -l "$1/server.log" \
        -o "-c listen_addresses='' -c unix_socket_directories='$1'" "${@:2}" >>pg_ctl.txt 2>&1
}

make_folder() { # FOLDER
    mkdir -m 0711 "$1"
    ((EUID != 0)) || chown postgres "$1"
}

ask_server() { # FOLDER SQL [DATABASE]
    psql -X -q -A -t -h "$1" -U postgres -d "${3:-manyi}" -c "$2"
}

finish() {
    local folder
    stop_server TERM
    for folder in "$work/one" "$work/two"; do
        [[ ! -d $folder/data ]] || control "$folder" stop -m immediate
    done
    if mountpoint -q "$work/small"; then umount "$work/small"; fi
    rm -rf "$work"
}
trap finish EXIT

one=$work/one two=$work/two
make_folder "$one"
as_server "$bin/initdb" -D "$one/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 >initdb.txt 2>&1
cat >>"$one/data/postgresql.conf" <<'END'
max_connections = 100
shared_buffers = 32MB
max_wal_size = 128MB
END
control "$one" start
ask_server "$one" "CREATE DATABASE manyi TEMPLATE template0" postgres
store="postgres://postgres@/manyi?host=$one,$two&target_session_attrs=read-write"
"$manyi" plan apply --store "$store" "$contract/plan.yaml" >out 2>err
start_server --lang en
case_is "the program serves a database"
expect_like "$base" '^http' "its address"
[[ -n $base ]] || summary
poster=$(open_path visit north)

# ---- people ----

# One after another, each with a form, sent until somebody says thanks.
answer() { # NUMBER COUNT
    local i try form code
    for ((i = 0; i < $2; i++)); do
        form='' code=none
        for ((try = 0; try < 150; try++)); do
            [[ -n $form ]] || form=$(curl -s --max-time 8 "$base$poster" |
                sed -n -E 's/.*name="submission" value="([^"]+)".*/\1/p' | head -1)
            if [[ -n $form ]]; then
                code=$(curl -s --max-time 8 -o /dev/null -w '%{http_code}' "$base$poster" \
                    -d "submission=$form" -d overall=4)
            fi
            [[ $code != 303 ]] || break
            echo "$code" >>"refused.$1"
            sleep 0.1
        done
        echo "$code $form" >>"said.$1"
    done
}

# People answer while the fault goes on; then what they were told is compared with what is
# there.
answer_through() { # COMMAND…
    local person people=()
    rm -f said.* refused.*
    for person in 1 2 3; do
        answer $person 25 &
        people+=($!)
    done
    sleep 0.3
    "$@"
    wait "${people[@]}"
    thanked=$((thanked + 75))
    expect_equal "$(cat said.* | grep -c '^303')" 75 "people who were thanked"
    expect_equal "$(sort -u said.* | grep -c '^303')" 75 "forms"
    run verify --store "$store"
    expect_status 0
    expect_match out "^$thanked submissions"
}

only_503() { # what people were told meanwhile; none: they got no form to send yet
    expect_equal "$(cat refused.* 2>/dev/null | sort -u | grep -v -E '^(503|none)$')" "" \
        "other answers than 503"
}

# ---- faults ----

kill_twice() {
    control "$one" restart -m immediate
    sleep 0.5
    control "$one" restart -m immediate
}

cut_often() {
    local i
    for i in {1..20}; do
        ask_server "$one" "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
            WHERE datname = 'manyi' AND pid <> pg_backend_pid()" >/dev/null
        sleep 0.05
    done
}

hold_still() { # longer than statements may take
    ask_server "$one" "ALTER DATABASE manyi SET statement_timeout = 200" >/dev/null
    cut_often
    PGOPTIONS="-c statement_timeout=0" ask_server "$one" \
        "BEGIN; LOCK TABLE submission; SELECT pg_sleep(2); COMMIT" >/dev/null
    ask_server "$one" "ALTER DATABASE manyi RESET statement_timeout" >/dev/null
    cut_often
}

let_only_read() {
    ask_server "$one" "ALTER SYSTEM SET default_transaction_read_only = on" >/dev/null
    ask_server "$one" "SELECT pg_reload_conf()" >/dev/null
    sleep 1.5
    PGOPTIONS='-c default_transaction_read_only=off' \
        ask_server "$one" "ALTER SYSTEM RESET default_transaction_read_only" >/dev/null
    ask_server "$one" "SELECT pg_reload_conf()" >/dev/null
}

case_is "while it is away, whoever needs it is asked to try again; the rest is served"
control "$one" stop -m immediate
for path in "$poster" '/kiosk?centre=north' /readyz; do
    http GET "$path"
    expect_status 503
done
post "$poster" overall=4
expect_status 503
expect_like "$(header Retry-After)" '^[0-9]+$' Retry-After
for path in / /thanks /healthz; do
    http GET "$path"
    expect_status 200
done
control "$one" start

case_is "the server of the database is killed and comes again, twice"
answer_through kill_twice
only_503
case_is "connections are cut while batches are written"
answer_through cut_often
only_503
case_is "statements take too long"
answer_through hold_still
only_503
case_is "the server only lets read for a while"
answer_through let_only_read
only_503

# Tables on a disk of their own, which can be filled; only root can make one.
if ((EUID == 0)) && mkdir small && mount -t tmpfs -o size=24m,mode=0755 manyi small 2>/dev/null; then
    fill_disk() {
        dd if=/dev/zero of=small/ballast bs=64k >/dev/null 2>&1
        sleep 2
        rm small/ballast
    }
    chown postgres small
    ask_server "$one" "CREATE TABLESPACE small LOCATION '$work/small'" >/dev/null
    ask_server "$one" "ALTER TABLE submission SET TABLESPACE small" >/dev/null
    # Each row large enough to need a page soon.
    ask_server "$one" "ALTER TABLE submission SET (fillfactor = 10)" >/dev/null
    case_is "the disk of the tables is full for a while"
    answer_through fill_disk
    only_503
    expect_match serve.err 'No space left|53100'
    ask_server "$one" "ALTER TABLE submission SET TABLESPACE pg_default" >/dev/null
    ask_server "$one" "DROP TABLESPACE small" >/dev/null
fi

# ---- the standby ----

promote() {
    control "$one" stop -m immediate
    control "$two" promote
}

case_is "a standby takes over: what was thanked for is there"
make_folder "$two"
as_server "$bin/pg_basebackup" -h "$one" -U postgres -D "$two/data" -R -X stream -c fast \
    >basebackup.txt 2>&1
sed -i "s/^primary_conninfo = '/&application_name=two /" "$two/data/postgresql.auto.conf"
control "$two" start
ask_server "$one" "ALTER SYSTEM SET synchronous_standby_names = 'two'" >/dev/null
ask_server "$one" "SELECT pg_reload_conf()" >/dev/null
for _ in {1..50}; do
    [[ $(ask_server "$one" "SELECT sync_state FROM pg_stat_replication") != sync ]] || break
    sleep 0.1
done
expect_equal "$(ask_server "$one" "SELECT sync_state FROM pg_stat_replication")" sync "standby"
run report --store "postgres://postgres@/manyi?host=$two"
expect_status 1
expect_in err 'only lets read'
answer_through promote
only_503
case_is "no word of the server's log has a value of a row"
expect_no_match serve.err 'Key [(]|[(]id[)]='
summary

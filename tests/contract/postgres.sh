#!/usr/bin/env bash
# postgres.sh: the contract once more, with a store on a PostgreSQL server: commands,
# answers, imports, refusals; and what only such a store may be told.
# Usage: postgres.sh MANYI; MANYI_TEST_SERVER is the folder of the server's socket.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
manyi=$(realpath "$1")
work=$(mktemp -d)
export MANYI_TODAY=2026-05-15 LC_ALL=C.UTF-8 MANYI_KEY=$work/key
databases=()
cd "$work" || exit 1
# shellcheck source=steps.sh
source "$here/steps.sh"

ask_server() { # SQL [DATABASE]
    psql -X -q -A -t -h "$MANYI_TEST_SERVER" -U postgres -d "${2:-postgres}" -c "$1"
}

new_database() { # NAME [OPTIONS]: its address goes to address
    local name=contract_$$_$1
    ask_server "CREATE DATABASE $name TEMPLATE template0 ${2:-}"
    databases+=("$name")
    address="postgres://postgres:secret%40word@/$name?host=$MANYI_TEST_SERVER"
}

finish() {
    local name
    stop_server TERM
    for name in "${databases[@]}"; do
        ask_server "DROP DATABASE $name WITH (FORCE)"
    done
    rm -rf "$work"
}
trap finish EXIT

new_database store
store=$address
# shellcheck source=commands.sh
source "$here/commands.sh"
# shellcheck source=answers.sh
source "$here/answers.sh"
# shellcheck source=refusals.sh
source "$here/refusals.sh"
# shellcheck source=import.sh
source "$here/import.sh"

# ---- what is wrong with a server is told in one sentence, without the password ----

refused() { # STATUS WORDS ARGUMENT…
    run "${@:3}"
    expect_status "$1"
    expect_in err "$2"
    expect_equal "$(wc -l <err)" 1 "lines of the message"
    expect_no_match err 'secret|word'
    expect_no_match out 'secret|word'
}

case_is "a database without a store is not made one by a command that reads"
new_database empty
refused 1 'There is no store at postgres://postgres@/contract_' report --store "$address"
case_is "a backup of a server is the server's, and a backup becomes a folder"
refused 1 'pg_basebackup' backup --store "$store" file.backup
refused 1 'Give a folder' restore "$work/key" --store "$store"
summary

#!/usr/bin/env bash
# cluster.sh: what is promised of speed on a PostgreSQL server, beside SQLite on the same
# disk in the same run: one node, two and four, and a year's report. Starts a server of its
# own, which waits for its disk. ./run bench --cluster builds first, then calls
#     tests/bench/cluster.sh BUILD [--quick]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=$(cd "$1" && pwd)
manyi=$build/manyi
tools=$build/tests/bench
export MANYI_TODAY=2026-11-22 LC_ALL=C.UTF-8

clients=64 rounds=5 node_rounds=3 seconds=5 report_rounds=7 large=10000000
if [[ ${2:-} == --quick ]]; then
    rounds=1 node_rounds=1 seconds=3 report_rounds=3 large=200000
elif (($# > 1)); then
    echo "cluster.sh: what is '$2'?" >&2
    exit 2
fi
manyi_port=18091
# shellcheck source=parts.sh
source "$here/parts.sh"

# ---- the database's server ----

# shellcheck source=../postgres/server.sh
source "$here/../postgres/server.sh"
[[ -n $bin ]] || die "no PostgreSQL server is installed; ./run test installs it"
folder=$(mktemp -d /tmp/manyi-bench-XXXX) # the path of a socket must be short
mkdir "$work/cluster"

control() { # COMMAND…
    as_server "$bin/pg_ctl" -D "$work/cluster/data" -w -t 60 -l "$work/cluster/log" \
        -o "-c listen_addresses='' -c unix_socket_directories='$folder'" "$@" >>"$work/pg_ctl.txt"
}

end_cluster() {
    stop
    [[ ! -f $work/cluster/data/postmaster.pid ]] || control stop -m fast || true
    rm -rf "$folder"
    clean_up
}
trap end_cluster EXIT

start_cluster() {
    chmod 0711 "$folder" "$work"
    ((EUID != 0)) || chown postgres "$folder" "$work/cluster"
    as_server "$bin/initdb" -D "$work/cluster/data" -U postgres -A trust -E UTF8 \
        --locale=C.UTF-8 >"$work/initdb.txt"
    grep "^    [a-z_]* = " "$here/../../deploy/CLUSTER.md" >>"$work/cluster/data/postgresql.conf"
    control start
}

new_database() { # NAME: empty
    PGOPTIONS="-c client_min_messages=warning" psql -X -q -h "$folder" -U postgres -d postgres \
        -c "DROP DATABASE IF EXISTS $1" -c "CREATE DATABASE $1 TEMPLATE template0" \
        -c CHECKPOINT
}

address_of() { # NAME
    echo "postgres://postgres@/$1?host=$folder"
}

# ---- submissions ----

nodes=()

stop_nodes() {
    ((${#nodes[@]} == 0)) || { kill "${nodes[@]}" && wait "${nodes[@]}"; } 2>/dev/null || true
    nodes=()
}
trap 'stop_nodes; end_cluster' EXIT

start_nodes() { # COUNT
    local i
    for ((i = 0; i < $1; i++)); do
        "$manyi" serve --store "$(address_of bench)" --listen "127.0.0.1:$((manyi_port + i))" \
            >"$work/server-$i.log" 2>&1 &
        nodes+=($!)
        wait_for_port $((manyi_port + i))
    done
}

# The clients share the nodes; sets rate, their sum, and late, the worst of the p99.
load_nodes() { # COUNT
    local i link loads=()
    link=$(link_of "$(address_of bench)")
    for ((i = 0; i < $1; i++)); do
        "$tools/load" post "${link/:$manyi_port/:$((manyi_port + i))}" $((clients / $1)) \
            $seconds >"$work/load-$i" &
        loads+=($!)
    done
    wait "${loads[@]}"
    rate=0 late=0
    for ((i = 0; i < $1; i++)); do
        line=$(cat "$work/load-$i")
        (($(figure bad) == 0)) || die "bad answers of node $i: $line"
        rate=$(calculate "$rate + $(figure per_second)")
        late=$(calculate "($late > $(figure p99_ms)) ? $late : $(figure p99_ms)")
    done
}

measure_nodes() { # COUNT
    new_database bench
    "$manyi" plan apply --store "$(address_of bench)" "$here/plan.yaml" >/dev/null
    start_nodes "$1"
    load_nodes "$1"
    stop_nodes
}

measure_sqlite() {
    new_store
    start_manyi "$work/store"
    load post "$(link_of "$work/store")"
    stop
    rate=$(figure per_second) late=$(figure p99_ms)
}

compare_engines() {
    local round before ratios=() rates=() lates=()
    say "Submissions: $clients clients, one node, $rounds rounds of $seconds s"
    for ((round = 1; round <= rounds; round++)); do
        measure_sqlite
        before=$rate
        measure_nodes 1
        rates+=("$rate") lates+=("$late")
        measure_sqlite
        ratios+=("$(calculate "${rates[-1]} / (($before + $rate) / 2)")")
        say "  round $round: SQLite $before, PostgreSQL ${rates[-1]} (p99 ${lates[-1]} ms)," \
            "SQLite $rate: ${ratios[-1]} times; load $(cut -d ' ' -f 1 /proc/loadavg)"
    done
    result "submissions of a node, SQLite = 1" "$(median "${ratios[@]}")" \
        "($(median "${rates[@]}")/s)" '>=' 0.8
}

# Promised is only that it is told.
compare_nodes() {
    local round count rates lates one=0
    for count in 1 2 4; do
        rates=() lates=()
        for ((round = 1; round <= node_rounds; round++)); do
            measure_nodes $count
            rates+=("$rate") lates+=("$late")
        done
        ((count > 1)) || one=$(median "${rates[@]}")
        say "  $count nodes: $(median "${rates[@]}")/s, p99 $(median "${lates[@]}") ms"
        result "$count nodes, one = 1" "$(calculate "$(median "${rates[@]}") / $one")" \
            "($(median "${rates[@]}")/s, p99 $(median "${lates[@]}") ms)" '>' 0
    done
}

# ---- reports ----

measure_report() {
    local round times=()
    say "A year's report from $large submissions"
    new_database year
    sed 's/population: [0-9]*/population: 50000000/' "$here/../../deploy/plan-2026.yaml" \
        >"$work/year.yaml"
    "$manyi" plan apply --store "$(address_of year)" "$work/year.yaml" >/dev/null
    "$tools/fill" "$(address_of year)" $large
    for ((round = 1; round <= report_rounds; round++)); do
        times+=("$("$tools/fill" "$(address_of year)")")
    done
    say "  milliseconds: ${times[*]}"
    result "a year's report from $large" "$(median "${times[@]}")" ms '<' 15
}

export MANYI_KEY=$work/key
refuse_taken_ports $manyi_port $((manyi_port + 1)) $((manyi_port + 2)) $((manyi_port + 3))
start_cluster
compare_engines
compare_nodes
measure_report
print_results

#!/usr/bin/env bash
# bench.sh: measures what is promised of speed, beside a reference and a web server, in one
# run, and prints a table. ./run bench builds first, then calls
#     tests/bench/bench.sh BUILD [--quick]
# A figure that is missed is no failure: the exit status says only whether it was measured.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=$(cd "$1" && pwd)
manyi=$build/manyi
tools=$build/tests/bench
export MANYI_TODAY=2026-11-22 LC_ALL=C.UTF-8

# ---- how long, how much ----

clients=64 rounds=5 seconds=5 slow_rounds=3 page_rounds=5 start_rounds=9 report_rounds=7
small=10000 large=10000000
if [[ ${2:-} == --quick ]]; then
    rounds=1 seconds=2 slow_rounds=1 page_rounds=1 start_rounds=3 large=200000
elif (($# > 1)); then
    echo "bench.sh: what is '$2'?" >&2
    exit 2
fi

manyi_port=18091 reference_port=18092 nginx_port=18093
# shellcheck source=parts.sh
source "$here/parts.sh"

# ---- servers ----

start_reference() { # [LIBRARY]
    rm -rf "$work/reference"
    mkdir "$work/reference"
    LD_PRELOAD=${1:-} node "$build/reference/server.js" "$work/reference" \
        $reference_port >"$work/server.log" 2>&1 &
    server=$!
    wait_for_port $reference_port
}

start_nginx() {
    "$(command -v nginx || echo /usr/sbin/nginx)" -p "$work" -c "$work/nginx.conf" \
        >"$work/server.log" 2>&1 &
    server=$!
    wait_for_port $nginx_port
}

# ---- the yardstick ----

need_node() {
    local version
    version=$(node --version 2>/dev/null) || version=none
    [[ $version == v20.* ]] ||
        die "the reference needs Node 20 with npm (found: $version); Debian 12 has none: \
take it from nodejs.org or NodeSource"
    command -v npm >/dev/null || die "the reference needs npm"
}

# Compiled against the headers beside node, where they are: nothing else is fetched.
install_reference() {
    local headers
    mkdir -p "$build/reference"
    cp "$here/reference/server.js" "$here/reference/package.json" "$build/reference/"
    [[ ! -f $build/reference/installed ]] ||
        ! cmp -s "$here/reference/package.json" "$build/reference/installed" || return 0
    say "Installing the reference (a minute)"
    headers=$(dirname "$(dirname "$(readlink -f "$(command -v node)")")")
    [[ ! -d $headers/include/node ]] || export npm_config_nodedir=$headers
    (cd "$build/reference" &&
        npm install --no-package-lock --no-audit --no-fund --loglevel=error \
            >"$build/reference/install.log" 2>&1) ||
        die "npm install failed; see $build/reference/install.log"
    cp "$here/reference/package.json" "$build/reference/installed"
}

# ---- submissions ----

measure_reference() { # [LIBRARY]
    start_reference "$@"
    load post "http://127.0.0.1:$reference_port/t/REFERENCE"
    stop
}

measure_manyi() { # [LIBRARY]
    new_store
    start_manyi "$work/store" "$@"
    load post "$(link_of "$work/store")"
    note_memory
    stop
}

# Sets ratio, rate, late: medians of the rounds.
compare_intake() { # ROUNDS [LIBRARY]
    local round before after ratios=() rates=() p99s=() count=$1
    shift
    for ((round = 1; round <= count; round++)); do
        measure_reference "$@"
        before=$(figure per_second)
        measure_manyi "$@"
        rates+=("$(figure per_second)")
        p99s+=("$(figure p99_ms)")
        measure_reference "$@"
        after=$(figure per_second)
        ratios+=("$(calculate "${rates[-1]} / (($before + $after) / 2)")")
        say "  round $round: reference $before, manyi ${rates[-1]} (p99 ${p99s[-1]} ms)," \
            "reference $after: ${ratios[-1]} times; load $(cut -d ' ' -f 1 /proc/loadavg)"
    done
    ratio=$(median "${ratios[@]}") rate=$(median "${rates[@]}") late=$(median "${p99s[@]}")
}

bench_intake() {
    say "Submissions: $clients clients, $rounds rounds of $seconds s"
    compare_intake $rounds
    result "submissions, reference = 1" "$ratio" "($rate/s)" '>=' 2.5
    result "answered within, 99 of 100" "$late" ms '<' 10
    say "The same, each fsync a millisecond longer"
    compare_intake $slow_rounds "$tools/slow_sync.so"
    result "submissions, fsync + 1 ms, reference = 1" "$ratio" "($rate/s)" '>=' 1.6
    result "resident memory under that load" "$(calculate "$peak / 1024")" MB '<' 40
}

# ---- pages ----

write_nginx_config() {
    cat >"$work/nginx.conf" <<END
daemon off;
worker_processes auto;
pid $work/nginx.pid;
error_log $work/nginx-error.log;
events { worker_connections 1024; }
http {
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000000;
    default_type "text/html; charset=utf-8";
    client_body_temp_path $work/body;
    proxy_temp_path $work/proxy;
    fastcgi_temp_path $work/fastcgi;
    scgi_temp_path $work/scgi;
    uwsgi_temp_path $work/uwsgi;
    server {
        listen 127.0.0.1:$nginx_port;
        root $work/pages;
        location /get-gzip { add_header Content-Encoding gzip; }
    }
}
END
}

# The very bytes that manyi serves, as files.
save_pages() { # URL
    mkdir -p "$work/pages"
    curl -sS -o "$work/pages/get" "$1"
    curl -sS -H 'Accept-Encoding: gzip, deflate' -o "$work/pages/get-gzip" "$1"
    chmod -R a+rX "$work/pages"
    chmod a+x "$work"
}

compare_pages() { # MODE URL WHAT
    local round before after ratios=() rates=()
    for ((round = 1; round <= page_rounds; round++)); do
        start_nginx
        load "$1" "http://127.0.0.1:$nginx_port/$1"
        before=$(figure per_second)
        stop
        start_manyi "$work/store"
        load "$1" "$2"
        rates+=("$(figure per_second)")
        stop
        start_nginx
        load "$1" "http://127.0.0.1:$nginx_port/$1"
        after=$(figure per_second)
        stop
        ratios+=("$(calculate "${rates[-1]} / (($before + $after) / 2)")")
        say "  round $round: nginx $before, manyi ${rates[-1]}, nginx $after:" \
            "${ratios[-1]} times; load $(cut -d ' ' -f 1 /proc/loadavg)"
    done
    result "$3" "$(median "${ratios[@]}")" "($(median "${rates[@]}")/s)" '>=' 0.9
}

bench_pages() {
    local link mode
    new_store
    link=$(link_of "$work/store")
    start_manyi "$work/store"
    save_pages "$link"
    stop
    write_nginx_config
    for mode in get get-gzip; do
        say "The survey page, $mode, $(stat -c %s "$work/pages/$mode") bytes"
        compare_pages $mode "$link" "survey page, $mode, nginx = 1"
    done
}

# ---- reports and starts ----

year_of() { # SUBMISSIONS: a store with so many
    sed 's/population: [0-9]*/population: 50000000/' "$here/../../deploy/plan-2026.yaml" \
        >"$work/year.yaml"
    "$manyi" plan apply --store "$work/year-$1" "$work/year.yaml" >/dev/null
    "$tools/fill" "$work/year-$1" "$1"
}

# The two in turn, so that a neighbour's work meets both.
bench_report() {
    local round few=() many=() ratio_of_both
    say "A year's report from $small and from $large submissions"
    year_of $small
    year_of $large
    for ((round = 1; round <= report_rounds; round++)); do
        few+=("$("$tools/fill" "$work/year-$small")")
        many+=("$("$tools/fill" "$work/year-$large")")
    done
    say "  milliseconds from $small: ${few[*]}; from $large: ${many[*]}"
    ratio_of_both=$(calculate "$(median "${many[@]}") / $(median "${few[@]}")")
    result "a year's report from $large" "$(median "${many[@]}")" ms '<' 10
    result "… that from $small = 1" "$ratio_of_both" "($(median "${few[@]}") ms)" '<=' 1.5
}

bench_start() {
    local round times=() link
    new_store
    link=$(link_of "$work/store")
    for ((round = 1; round <= start_rounds; round++)); do
        times+=("$("$tools/first_page" "$link" "$manyi" serve --store "$work/store" \
            --listen "127.0.0.1:$manyi_port" 2>>"$work/server.log" | tail -1)")
    done
    result "from exec to the first page" "$(median "${times[@]}")" ms '<' 50
}

need_node
refuse_taken_ports $manyi_port $reference_port $nginx_port
install_reference
bench_start
bench_intake
bench_pages
bench_report
print_results

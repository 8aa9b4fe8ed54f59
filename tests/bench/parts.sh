# shellcheck shell=bash disable=SC2154
# parts.sh: what bench.sh and cluster.sh share: a folder to work in, one server at a time,
# figures, the table at the end. Sourced; uses here, build, manyi, tools, clients, seconds
# and manyi_port.

work=$(mktemp -d "$build/work-XXXXXX") # on the build's disk, not in memory
load_before=$(cut -d ' ' -f 1-3 /proc/loadavg)
server='' peak=0 results=()

say() {
    printf '%s\n' "$*" >&2
}

die() {
    say "bench: $1"
    exit 1
}

stop() {
    [[ -z $server ]] || { kill "$server" && wait "$server"; } 2>/dev/null || true
    server=''
}

clean_up() {
    stop
    rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

# ---- figures ----

median() { # FIGURE…
    printf '%s\n' "$@" | sort -g | awk '{ at[NR] = $1 } END { print at[int((NR + 1) / 2)] }'
}

calculate() { # AWK EXPRESSION
    awk "BEGIN { v = $1; printf (v >= 10000 ? \"%.0f\" : \"%.4g\"), v }"
}

figure() { # NAME: of the last load's line
    sed -n "s/.*\\b$1=\\([^ ]*\\).*/\\1/p" <<<"$line"
}

# A row of the table: whether it holds is one comparison.
result() { # WHAT MEASURED UNIT RELATION TARGET
    local verdict
    verdict=$(awk "BEGIN { print (($2 $4 $5) ? \"met\" : \"MISSED\") }")
    results+=("$1|$2 $3|$4 $5|$verdict")
}

print_results() {
    local row
    printf '\n%s, load before %s\n\n' "$(date -u '+%Y-%m-%d %H:%M UTC')" "$load_before"
    {
        printf 'what|measured|target|\n'
        for row in "${results[@]}"; do
            printf '%s\n' "$row"
        done
    } | column -t -s '|'
}

# ---- servers ----

wait_for_port() { # PORT
    local i
    for ((i = 0; i < 100; i++)); do
        (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return
        sleep 0.1
    done
    die "nobody listens at port $1; see $work/server.log"
}

refuse_taken_ports() { # PORT…
    local port
    for port in "$@"; do
        ! (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null || die "port $port is taken"
    done
}

link_of() { # STORE
    "$manyi" links --store "$1" --public-url "http://127.0.0.1:$manyi_port" | tr -d '\r' |
        awk -F, '$1 == "visits" { url = $NF } END { print url }'
}

start_manyi() { # STORE [LIBRARY]
    LD_PRELOAD=${2:-} "$manyi" serve --store "$1" --listen "127.0.0.1:$manyi_port" \
        >"$work/server.log" 2>&1 &
    server=$!
    wait_for_port "$manyi_port"
}

new_store() {
    rm -rf "$work/store"
    "$manyi" plan apply --store "$work/store" "$here/plan.yaml" >/dev/null
}

load() { # MODE URL
    line=$("$tools/load" "$1" "$2" "$clients" "$seconds")
    (($(figure bad) == 0)) || die "bad answers from $2: $line"
}

note_memory() { # of the server
    local kilobytes
    kilobytes=$(awk '/^VmHWM/ { print $2 }' "/proc/$server/status")
    ((kilobytes <= peak)) || peak=$kilobytes
}

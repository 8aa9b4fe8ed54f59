#!/usr/bin/env bash
# cluster.sh: a PostgreSQL server of its own for the tests, on a socket in a folder of its
# own and nowhere else. As root it runs under the user that Debian's package makes, since
# the server refuses root.
# Usage: cluster.sh start|stop FOLDER
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=$2
log=$folder/log
# shellcheck source=server.sh
source "$here/server.sh"

stop() {
    [[ ! -f $folder/data/postmaster.pid ]] ||
        as_server "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null || true
    rm -rf "$folder"
}

# The order of texts is a language's, not that of bytes: what relies on bytes must say so.
# A crash of this server loses nothing that anybody needs.
start() {
    stop
    mkdir -m 0711 "$folder"
    ((EUID != 0)) || chown postgres "$folder"
    as_server "$bin/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 \
        --locale=C.UTF-8 --locale-provider=icu --icu-locale=zh --no-sync >"$log" 2>&1 ||
        { cat "$log" >&2 && return 1; }
    as_server "$bin/pg_ctl" -D "$folder/data" -w -t 60 -l "$folder/server.log" \
        -o "-c listen_addresses='' -c unix_socket_directories='$folder' -c fsync=off \
            -c full_page_writes=off -c max_connections=300 -c max_wal_size=256MB \
            -c shared_buffers=64MB -c autovacuum=off" start >>"$log" 2>&1 ||
        { cat "$log" "$folder/server.log" >&2 && return 1; }
    psql="$bin/psql -X -q -h $folder -U postgres -v ON_ERROR_STOP=1"
    $psql -d postgres -c 'CREATE DATABASE dialect TEMPLATE template0'
    $psql -d dialect -f "$here/dialect.sql"
}

[[ -n $bin ]] || {
    echo "cluster.sh: no PostgreSQL server is installed; ./run test installs it" >&2
    exit 1
}
case $1 in
start) start ;;
stop) stop ;;
*) exit 2 ;;
esac

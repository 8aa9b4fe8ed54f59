# shellcheck shell=bash disable=SC2034 # bin is used by those who source this
# server.sh: where the newest PostgreSQL's programs are, and how they are run: the server
# refuses root, so as root they run under the user that Debian's package makes. Sourced.

bin=$(find /usr/lib/postgresql -path '*/bin/initdb' 2>/dev/null | sort -V | tail -1 |
    xargs -r dirname) || true # none: empty

as_server() { # COMMAND…
    if ((EUID == 0)); then
        (cd / && setpriv --reuid=postgres --regid=postgres --clear-groups "$@")
    else
        "$@"
    fi
}

# shellcheck shell=bash
# lint.sh: what the checks of this folder share. Source it, then complain and finish. A
# check is given the root of a tree, so that catches.sh can try it on a spoilt copy.
set -euo pipefail
# shellcheck disable=SC2034 # used by those who source this
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
complaints=0

complain() { # FILE[:LINE] MESSAGE
    printf '%s: %s\n' "$1" "$2"
    complaints=$((complaints + 1))
}

finish() { # WHAT WAS CHECKED
    ((complaints == 0)) || {
        printf '%d found\n' "$complaints"
        exit 1
    }
    printf 'clean: %s\n' "$1"
}

c_files() { # the tree's C files, relative to its root
    find kiosk db web tests -name '*.[ch]' | sort
}

# True if the file matches one of the patterns; * also crosses folders.
is_in() { # FILE PATTERN…
    local file=$1 pattern
    shift
    for pattern; do
        # shellcheck disable=SC2053 # the right side is a pattern
        [[ $file == $pattern ]] && return
    done
    return 1
}

# A table's lines without comments and empty ones.
table() { # FILE
    grep -v -E '^(#|[[:space:]]*$)' "$1"
}

# The body rows of the first Markdown table under a heading, cells parted by tabs, without
# back quotes.
markdown_rows() { # FILE HEADING
    awk -v heading="$2" '
        /^#/ { inside = ($0 == heading); next }
        inside && /^\|/ && ++row > 2 {
            gsub(/`/, ""); gsub(/^\| *| *\|$/, ""); gsub(/ *\| */, "\t"); print
        }' "$1"
}

# Both lists, one entry a line, must be equal; each difference is a complaint.
compare() { # FILE OTHER_FILE LIST OTHER_LIST
    local entry
    while IFS= read -r entry; do
        complain "$1" "not in $2: $entry"
    done < <(comm -23 <(sort <<<"$3") <(sort <<<"$4") | grep .)
    while IFS= read -r entry; do
        complain "$2" "not in $1: $entry"
    done < <(comm -13 <(sort <<<"$3") <(sort <<<"$4") | grep .)
}

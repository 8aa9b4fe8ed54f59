#!/usr/bin/env bash
# layering.sh: checks every #include of a tree. Arrows go web → db → kiosk and web → kiosk;
# a library is included only in its home (headers.table); a page knows no other page.
# Usage: layering.sh ROOT
# shellcheck source=lint.sh
source "$(dirname "$0")/lint.sh"
cd "$1"

declare -A homes=() # header → patterns
while read -r header patterns; do
    homes[$header]=$patterns
done < <(table "$here/headers.table")

declare -A below=(
    [kiosk]="kiosk/*"
    [db]="kiosk/* db/*"
    [web]="kiosk/* db/* web/*"
    [tests]="kiosk/* db/* web/* tests/*")

check_at_home() { # FILE LINE HEADER
    local patterns
    read -ra patterns <<<"${homes[$3]-}"
    ((${#patterns[@]})) || {
        complain "$1:$2" "<$3> is in no table: decide on its home in headers.table"
        return
    }
    is_in "$1" "${patterns[@]}" || complain "$1:$2" "<$3> belongs only in ${patterns[*]}"
}

page_of() { # web/pages/survey_view.h → survey
    local name=${1##*/}
    name=${name%%.*}
    printf '%s' "${name%%_*}"
}

check_page() { # FILE LINE HEADER
    [[ $1 == web/pages/* && $3 == web/pages/* ]] || return 0
    [[ $(page_of "$1") == "$(page_of "$3")" || -v homes[$3] ]] ||
        complain "$1:$2" "a page includes another page: \"$3\""
}

check_arrow() { # FILE LINE HEADER
    local allowed
    read -ra allowed <<<"${below[${1%%/*}]}"
    is_in "$3" "${allowed[@]}" || {
        complain "$1:$2" "\"$3\" is not in or below ${1%%/*}/ (write paths from the root)"
        return
    }
    [[ $1 == web/http/* && $3 == web/* && $3 != web/http/* ]] &&
        complain "$1:$2" "the server knows no page: \"$3\""
    check_page "$@"
}

includes=$(c_files | xargs grep -n -E '^[[:space:]]*#[[:space:]]*include')
while IFS=: read -r file line text; do
    case $text in
    *include*\<*\>*)
        header=${text#*<}
        check_at_home "$file" "$line" "${header%%>*}"
        ;;
    *include*\"*\"*)
        header=${text#*\"}
        check_arrow "$file" "$line" "${header%%\"*}"
        ;;
    *) complain "$file:$line" "an include that can't be read: $text" ;;
    esac
done <<<"$includes"
finish "$(wc -l <<<"$includes") includes"

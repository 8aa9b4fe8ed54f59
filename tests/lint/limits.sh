#!/usr/bin/env bash
# limits.sh: the limits of kiosk/limits.h and the table under "## Limits" in
# ARCHITECTURE.md must name the same maximums with the same values.
# Usage: limits.sh ROOT
# shellcheck source=lint.sh
source "$(dirname "$0")/lint.sh"
cd "$1"

in_code=$(tr '\n' ' ' <kiosk/limits.h |
    sed -E 's/.*enum limit \{//; s/\}.*//; s:/\*([^*]|\*[^/])*\*/::g' |
    tr ',' '\n' | sed -E 's/[[:space:]]+//g; /^$/d; s/=/ = /')
in_words=$(markdown_rows ARCHITECTURE.md '## Limits' |
    awk -F '\t' '{ print $1 " = " $2 }')

[[ -n $in_code ]] || complain kiosk/limits.h "no limits were found"
compare kiosk/limits.h ARCHITECTURE.md "$in_code" "$in_words"
finish "$(wc -l <<<"$in_code") limits"

#!/usr/bin/env bash
# banned.sh: checks a tree for calls that banned.table forbids, for work left open, and for
# suppressed findings that give no reason.
# Usage: banned.sh ROOT
# shellcheck source=lint.sh
source "$(dirname "$0")/lint.sh"
cd "$1"
mapfile -t files < <(c_files)

# Lines that match, as file:line:text.
find_lines() { # EXTENDED REGULAR EXPRESSION
    grep -n -H -E "$1" "${files[@]}" || true
}

check_calls() { # NAME PATTERN INSTEAD
    local file line
    while IFS=: read -r file line _; do
        [[ -z $file ]] || is_in "$file" "$2" || complain "$file:$line" "$1: $3"
    done < <(find_lines "(^|[^A-Za-z0-9_])$1[[:space:]]*\(")
}

check_left_open() {
    local file line
    while IFS=: read -r file line _; do
        complain "$file:$line" "left open: finish it, or say in words why not"
    done < <(find_lines '(^|[^A-Za-z0-9_])(TODO|FIXME|XXX|HACK)([^A-Za-z0-9_]|$)')
}

# NOLINT(check): reason · cppcheck-suppress check ; reason
check_reasons() {
    local file line text
    while IFS=: read -r file line text; do
        [[ $text =~ NOLINT[A-Z]*\([a-zA-Z0-9.,*-]+\):\ *[A-Za-z]{2} ||
            $text =~ cppcheck-suppress\ [A-Za-z]+\ \;\ *[A-Za-z]{2} ]] ||
            complain "$file:$line" "a finding is suppressed without its name and a reason"
    done < <(find_lines 'NOLINT|cppcheck-suppress')
}

while read -r name pattern instead; do
    check_calls "$name" "$pattern" "$instead"
done < <(table "$here/banned.table")
check_left_open
check_reasons
finish "${#files[@]} files"

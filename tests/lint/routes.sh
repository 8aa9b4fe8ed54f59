#!/usr/bin/env bash
# routes.sh: the rows of web/routes.c and the table under "## Routes" in ARCHITECTURE.md
# must be the same: method, path, handler, largest body, kind of body, who may have it.
# Usage: routes.sh ROOT
# shellcheck source=lint.sh
source "$(dirname "$0")/lint.sh"
cd "$1"

# {METHOD_GET, "/t/{code}", page_survey, 0, BODY_FORM, WHO_ANYONE}, becomes the six words
# GET /t/{code} page_survey 0 BODY_FORM WHO_ANYONE.
in_code='' rows=0 methods=0
if [[ -f web/routes.c ]]; then
    joined=$(tr -s '[:space:]' ' ' <web/routes.c)
    in_code=$(grep -o -E '\{ ?METHOD_[A-Z]+, ?"[^"]*"(, ?\w+)+,? ?\}' <<<"$joined" |
        sed -E 's/^\{ ?METHOD_//; s/,? ?\}$//; s/[",]+ ?/ /g; s/  +/ /g' || true)
    rows=$(grep -c . <<<"$in_code" || true)
    methods=$(grep -o 'METHOD_' <<<"$joined" | wc -l)
    ((rows > 0)) || complain web/routes.c "no route was found"
    ((rows == methods)) ||
        complain web/routes.c "$methods times METHOD_, but only $rows rows can be read"
fi
in_words=$(markdown_rows ARCHITECTURE.md '## Routes' |
    awk -F '\t' '{ print $1 " " $2 " " $3 " " $4 " " $5 " " $6 }')

compare web/routes.c ARCHITECTURE.md "$in_code" "$in_words"
finish "$rows routes"

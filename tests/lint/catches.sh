#!/usr/bin/env bash
# catches.sh: proves that the checks of this folder can fail: each case spoils a copy of the
# tree in one way and expects the check to name the spoilt place.
# Usage: catches.sh ROOT
# shellcheck disable=SC2016 # back quotes are Markdown's
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$1
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
escaped=0

# Runs a check on the copy with one spoilt file; its output must hold the words and it must
# fail. The file is put right again.
expect_caught() { # FILE CHECK WORDS
    local output status=0
    output=$("$here/$2.sh" "$copy" 2>&1) || status=$?
    if ((status == 1)) && [[ $output == *"$3"* ]]; then
        printf 'caught by %s: %s\n' "$2" "$3"
    else
        printf 'NOT caught by %s (exit %d): %s\n%s\n' "$2" "$status" "$3" "$output"
        escaped=$((escaped + 1))
    fi
    rm "$copy/$1"
    [[ ! -e $root/$1 ]] || cp "$root/$1" "$copy/$1"
}

plant() { # FILE LINE CHECK WORDS
    mkdir -p "$copy/$(dirname "$1")"
    printf '%s\n' "$2" >>"$copy/$1"
    expect_caught "$1" "$3" "$4"
}

replace() { # FILE SED_EXPRESSION CHECK WORDS
    sed -i -E "$2" "$copy/$1"
    expect_caught "$1" "$3" "$4"
}

tar -C "$root" --exclude node_modules -cf - ARCHITECTURE.md kiosk db web tests | tar -C "$copy" -xf -

plant kiosk/text.c '#include "db/store.h"' layering '"db/store.h" is not in or below kiosk/'
plant kiosk/text.h '#include "web/http/request.h"' layering 'is not in or below kiosk/'
plant db/planted.c '#include "web/http/request.h"' layering 'is not in or below db/'
plant web/planted.c '#include "tests/support/test.h"' layering 'is not in or below web/'
plant kiosk/text.c '#include "text.h"' layering 'write paths from the root'
plant kiosk/text.c '#include <sqlite3.h>' layering '<sqlite3.h> belongs only in'
plant db/planted.c '#  include <sqlite3.h>' layering 'db/planted.c:1: <sqlite3.h>'
plant web/planted.c '#include <civetweb.h>' layering '<civetweb.h> belongs only in'
plant db/planted.c '#include <jansson.h>' layering '<jansson.h> belongs only in'
plant kiosk/text.c '#include <yaml.h>' layering '<yaml.h> belongs only in'
plant web/planted.c '#include <utf8proc.h>' layering '<utf8proc.h> belongs only in'
plant kiosk/arena.c '#include <sodium.h>' layering '<sodium.h> belongs only in'
plant tests/kiosk/test_text.c '#include <cmocka.h>' layering '<cmocka.h> belongs only in'
plant kiosk/text.c '#include <time.h>' layering '<time.h> belongs only in'
plant db/planted.c '#include <new-library.h>' layering 'is in no table'
plant db/planted.c '#include HEADER' layering "can't be read"
plant web/http/planted.c '#include "web/pages/one.h"' layering 'knows no page'
plant web/pages/one.c '#include "web/pages/two.h"' layering 'includes another page'

while read -r name _; do
    plant kiosk/planted.c "    x = $name (a, b);" banned "kiosk/planted.c:1: $name: "
done < <(grep -v -E '^(#|$)' "$here/banned.table")
plant db/planted.c '/* TODO: later */' banned 'db/planted.c:1: left open'
plant db/planted.c 'f(x); /* NOLINT */' banned 'without its name and a reason'
plant db/planted.c 'f(x); /* NOLINT(bugprone-x) */' banned 'without its name and a reason'
plant db/planted.c '/* cppcheck-suppress leak */' banned 'without its name and a reason'

replace kiosk/limits.h 's/(ID_BYTES_MAX =) [0-9]+/\1 7/' limits 'not in ARCHITECTURE.md: ID_BYTES_MAX = 7'
replace kiosk/limits.h 's/PROBLEMS_MAX = [0-9]+,//' limits 'not in kiosk/limits.h: PROBLEMS_MAX'
replace ARCHITECTURE.md '/`PLAN_CENTRES_MAX`/d' limits 'not in ARCHITECTURE.md: PLAN_CENTRES_MAX'
replace ARCHITECTURE.md 's/`WORKER_THREADS`/`WORKERS`/' limits 'not in kiosk/limits.h: WORKERS'

routes='{METHOD_GET, "/planted/{code}", page_planted, 0, BODY_FORM, WHO_ANYONE},'
plant web/routes.c "$routes" routes 'GET /planted/{code} page_planted 0 BODY_FORM WHO_ANYONE'
plant web/routes.c '{.method = METHOD_GET, .pattern = "/x"},' routes 'rows can be read'
replace ARCHITECTURE.md '/^## Routes/,/^\|-/ s/^(\|-.*)/\1\n| GET | `\/x` | `page_x` | 0 | BODY_FORM | WHO_ANYONE | |/' \
    routes 'GET /x page_x 0 BODY_FORM WHO_ANYONE'

replace web/routes.c 's/(page_operators, +0, BODY_FORM, )WHO_OPERATOR/\1WHO_ANYONE/' \
    routes 'not in ARCHITECTURE.md: GET /operators page_operators 0 BODY_FORM WHO_ANYONE'

((escaped == 0)) || exit 1

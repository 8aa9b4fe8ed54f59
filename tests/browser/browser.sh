#!/usr/bin/env bash
# browser.sh: runs one file of tests in a browser; 77 (skipped) where the browser's driver
# was not brought by `./run test`.
# Usage: browser.sh NAME, with MANYI and PICTURES in the environment
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

[[ -d node_modules/playwright-core && -d node_modules/axe-core ]] || {
    echo "npm ci --prefix tests/browser was not run; ./run test does it"
    exit 77
}
exec node --test "$1.test.mjs"

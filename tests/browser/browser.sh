#!/usr/bin/env bash
# browser.sh: runs one file of tests in a browser, with the driver that `./run test` brings.
# Usage: browser.sh NAME, with MANYI and PICTURES in the environment
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

[[ -d node_modules/playwright-core && -d node_modules/axe-core ]] || {
    echo "The browser's driver is missing: run ./run test once, or npm ci --prefix tests/browser"
    exit 1
}
exec node --test "$1.test.mjs"

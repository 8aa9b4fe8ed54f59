#!/usr/bin/env bash
# contract.sh: drives the finished program through its commands and paths, as people do
# from outside, and through nothing else. Each check stands alone and, when it fails, prints
# what was sent and what came.
# Usage: contract.sh MANYI
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
manyi=$(realpath "$1")
work=$(mktemp -d)
store=$work/store
export MANYI_TODAY=2026-05-15 LC_ALL=C.UTF-8
cd "$work" || exit 1
# shellcheck source=steps.sh
source "$here/steps.sh"
trap 'stop_server; rm -rf "$work"' EXIT

# shellcheck source=commands.sh
source "$here/commands.sh"
# shellcheck source=answers.sh
source "$here/answers.sh"
# shellcheck source=refusals.sh
source "$here/refusals.sh"
# shellcheck source=keeping.sh
source "$here/keeping.sh"
# shellcheck source=import.sh
source "$here/import.sh"
# shellcheck source=seal.sh
source "$here/seal.sh"
# shellcheck source=backup.sh
source "$here/backup.sh"
# shellcheck source=signin.sh
source "$here/signin.sh"
# shellcheck source=demo.sh
source "$here/demo.sh"
# shellcheck source=traces.sh
source "$here/traces.sh"
# shellcheck source=starting.sh
source "$here/starting.sh"
summary

#!/bin/sh
# Installs what the tests need, then runs all of them, or those that are named.
set -eu
cd "$(dirname "$0")/.."
sh scripts/install.sh
PATH="$PWD/node_modules/.bin:$PWD/.cache/tools/bin:$PATH"
export PATH
sh scripts/test-tools.sh
node scripts/build.mjs
exec node node_modules/vitest/vitest.mjs run "$@"

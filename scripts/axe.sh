#!/bin/sh
# Installs and builds what is missing, then looks at every page and screen with axe.
set -eu
cd "$(dirname "$0")/.."
sh scripts/install.sh
PATH="$PWD/node_modules/.bin:$PATH"
export PATH
node scripts/build.mjs
exec node scripts/axe.ts "$@"

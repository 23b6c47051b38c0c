#!/bin/sh
# Installs what is missing, then runs Rafid with the demo store and rebuilds as you type.
set -eu
cd "$(dirname "$0")/.."
sh scripts/install.sh
PATH="$PWD/node_modules/.bin:$PATH"
export PATH
exec node scripts/dev.mjs

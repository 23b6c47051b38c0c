#!/bin/sh
# Installs and builds what is missing, then takes pictures of every screen; `--readme` takes only the README's.
set -eu
cd "$(dirname "$0")/.."
sh scripts/install.sh
PATH="$PWD/node_modules/.bin:$PATH"
export PATH
node scripts/build.mjs
exec node scripts/pictures.ts "$@"

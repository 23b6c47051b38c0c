#!/bin/sh
# Installs and builds what is missing, then becomes Rafid: no shell stays between npm and the program.
set -eu
cd "$(dirname "$0")/.."
sh scripts/install.sh
PATH="$PWD/node_modules/.bin:$PATH"
export PATH
node scripts/build.mjs
exec node --enable-source-maps dist/server/main.js "$@"

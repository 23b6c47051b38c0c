#!/bin/sh
# The operator's command: installs and builds what is missing, then becomes it. `npx rafid …` and `npm run rafid -- …` come here.
set -eu
here=$(pwd)
cd "$(dirname "$(readlink -f "$0")")/.."
sh scripts/install.sh
PATH="$PWD/node_modules/.bin:$PATH"
export PATH
node scripts/build.mjs
# Paths on the command line and in the settings are those of the person who types them.
root=$PWD
if [ -z "${DATA_DIR:-}" ]; then DATA_DIR="$root/data"; export DATA_DIR; fi
cd "${INIT_CWD:-$here}"
exec "$root/node_modules/.bin/node" --enable-source-maps "$root/dist/server/cli.js" "$@"

#!/bin/sh
# Installs and builds what is missing, then runs one bench: npm run bench -- NAME [--json]
set -eu
cd "$(dirname "$0")/.."
name=${1:-}
if [ -z "$name" ] || [ ! -f "bench/$name.ts" ]; then
  echo "npm run bench -- NAME [--json], where NAME is one of:" >&2
  for file in bench/*.ts; do echo "  $(basename "$file" .ts)" >&2; done
  exit 2
fi
shift
sh scripts/install.sh
PATH="$PWD/node_modules/.bin:$PATH"
export PATH
node scripts/build.mjs
exec node "bench/$name.ts" "$@"

#!/bin/sh
# npm run bench -- NAME [--json]: measures one of bench/*.ts; without a name says which there are.
set -eu
cd "$(dirname "$0")/.."
sh scripts/install.sh
PATH="$PWD/node_modules/.bin:$PATH"
export PATH
name="${1:-}"
if [ -z "$name" ] || [ ! -f "bench/$name.ts" ]; then
  [ -z "$name" ] || echo "There is no bench named $name." >&2
  echo 'Usage: npm run bench -- NAME [--json], where NAME is one of:' >&2
  for file in bench/*.ts; do echo "  $(basename "$file" .ts)" >&2; done
  exit 2
fi
shift
node scripts/build.mjs
exec node "bench/$name.ts" "$@"

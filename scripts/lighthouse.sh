#!/bin/sh
# Installs and builds what is missing, then has Lighthouse look at the storefront.
set -eu
cd "$(dirname "$0")/.."
sh scripts/install.sh
PATH="$PWD/node_modules/.bin:$PATH"
export PATH
node scripts/build.mjs
exec node scripts/lighthouse.ts "$@"

#!/bin/sh
# What can be known without running the product: format, lint, types, import rules, dead code.
set -eu
cd "$(dirname "$0")/.."
sh scripts/install.sh
PATH="$PWD/node_modules/.bin:$PATH"
export PATH
prettier --check --log-level warn . || { echo 'Run npm run format.' >&2; exit 1; }
oxlint --type-aware --deny-warnings
tsc -p .
if [ -f src/dashboard/tsconfig.json ]; then tsc -p src/dashboard; fi
depcruise src --config .dependency-cruiser.mjs --output-type err
knip --no-progress

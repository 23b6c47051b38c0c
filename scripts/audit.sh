#!/bin/sh
# Asks npm's registry whether a package that the program runs with is known to be dangerous: 1 where one is. Where the registry
# cannot be asked, that is said, and is no fault of the change.
set -eu
cd "$(dirname "$0")/.."
report=$(mktemp)
trap 'rm -f "$report"' EXIT
if timeout 60 npm audit --omit=dev --audit-level=high --json >"$report" 2>/dev/null; then
  echo 'No package is known to be dangerous.'
elif grep -q '"auditReportVersion"' "$report"; then
  npm audit --omit=dev --audit-level=high || exit 1
else
  echo 'The registry could not be asked about packages that are known to be dangerous.' >&2
fi

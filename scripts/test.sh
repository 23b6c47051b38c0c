#!/bin/sh
# Installs what the tests need, then runs all of them, or those that are named. Whatever they make outside the checkout is
# in one temporary folder, which is gone at the end, however the run ends.
set -eu
cd "$(dirname "$0")/.."
sh scripts/install.sh
PATH="$PWD/node_modules/.bin:$PWD/.cache/tools/bin:$PATH"
export PATH
sh scripts/test-tools.sh
node scripts/build.mjs

TMPDIR="$(mktemp -d "${TMPDIR:-/tmp}/rafid-tests.XXXXXX")"
export TMPDIR
# PostgreSQL, which is not root, passes through.
chmod 711 "$TMPDIR"
clean() {
  tries=0
  # PostgreSQL may need a moment to notice that the run was killed.
  until rm -rf "$TMPDIR" 2>/dev/null || [ $tries -ge 50 ]; do sleep 0.2; tries=$((tries + 1)); done
}
trap clean EXIT

# In the background, so that a signal to this shell alone is passed on at once.
node node_modules/vitest/vitest.mjs run "$@" </dev/null &
tests=$!
stopped=0
# npm that is killed passes nothing on.
parent() { cut -d ' ' -f 4 "/proc/$$/stat"; }
(
  first=$(parent)
  while kill -0 "$tests" 2>/dev/null && [ "$(parent)" = "$first" ]; do sleep 1; done
  kill -TERM "$tests" 2>/dev/null
) &
trap 'stopped=130; kill -TERM "$tests" 2>/dev/null' INT TERM HUP
status=0
wait "$tests" || status=$?
while kill -0 "$tests" 2>/dev/null; do wait "$tests" || status=$?; done
[ "$stopped" = 0 ] || status=$stopped
exit "$status"

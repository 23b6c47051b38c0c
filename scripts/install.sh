#!/bin/sh
# Installs what package-lock.json names, if node_modules is not of that lock file. Works with npm 10 and 11, as root or
# not, and needs no package's install script to run.
set -eu
cd "$(dirname "$0")/.."
# `npx rafid` finds the operator's command here.
link() { ln -sf ../../scripts/rafid.sh node_modules/.bin/rafid 2>/dev/null || true; }
lock="$(cksum < package-lock.json) $(uname -m)"
if [ -x node_modules/.bin/node ] && [ "$(cat node_modules/.rafid-lock 2>/dev/null)" = "$lock" ]; then link; exit 0; fi
echo 'Installing packages…' >&2
npm ci --prefer-offline --no-audit --no-fund --loglevel=error >&2
if [ ! -x node_modules/.bin/node ]; then
  echo 'npm installed no Node 24 for this machine: Rafid runs on Linux x64 and arm64 with glibc.' >&2
  exit 1
fi
printf '%s' "$lock" > node_modules/.rafid-lock
link

#!/bin/sh
# Programs of others that tests compare with: hledger and beancount. On PATH they are used as they are; root on Debian
# installs them; anyone else on Debian unpacks them below .cache/tools. Elsewhere the tests that need them are skipped.
set -eu
cd "$(dirname "$0")/.."
mkdir -p .cache
missing=""
command -v hledger >/dev/null 2>&1 || missing="$missing hledger"
command -v bean-check >/dev/null 2>&1 || missing="$missing beancount"
[ -n "$missing" ] || exit 0
if ! command -v apt-get >/dev/null 2>&1; then
  echo "Not found:$missing; the tests that compare with them are skipped." >&2
  exit 0
fi
echo "Fetching$missing…" >&2
if [ "$(id -u)" = 0 ]; then
  if ! { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing; } >.cache/tools.log 2>&1; then
    echo "Could not install$missing (see .cache/tools.log); the tests that compare with them are skipped." >&2
  fi
  exit 0
fi
unpack() {
  mkdir -p .cache/tools .cache/debs
  wanted=$(apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances $missing |
    grep '^[a-z0-9]' | sort -u)
  for package in $wanted; do
    dpkg -s "$package" >/dev/null 2>&1 && continue
    (cd .cache/debs && apt-get download -qq "$package" >/dev/null 2>&1) || true
  done
  for deb in .cache/debs/*.deb; do dpkg -x "$deb" .cache/tools; done
}
unpack >.cache/tools.log 2>&1 || echo "Could not unpack$missing; the tests that compare with them are skipped." >&2

#!/bin/sh
# Runs the scanner wapiti (apt-get install wapiti) over a running store and its API; see docs/security.md for its findings.
# Usage: sh scripts/scan.sh http://localhost:3000 [TOKEN]   with RATE_LIMITS=off on the server, or it is stopped at once.
set -eu
base="${1:?the address of a running server}"
token="${2:-}"
report="${REPORT:-.cache/scan.json}"
command -v wapiti > /dev/null || { echo 'wapiti is not there: apt-get install wapiti' >&2; exit 1; }
cd "$(dirname "$0")/.."
mkdir -p "$(dirname "$report")" .cache/scan

# Left out are the modules that need a helper on the Internet (ssrf, xxe) or a list from there (nikto, wapp).
# Every address of the API that reads, with made-up ids and each of its parameters; the store's pages are found by links.
addresses=$(node scripts/scan-addresses.ts "$base")
set --
for address in $addresses; do set -- "$@" -s "$address"; done
if [ -n "$token" ]; then set -- "$@" -H "Authorization: Bearer $token"; fi
wapiti -u "$base/" --scope domain --flush-session --no-bugreport --store-session .cache/scan --verify-ssl 0 -v 1 \
  -m "${SCAN_MODULES:-backup,blindsql,brute_login_form,buster,cookieflags,crlf,csp,csrf,exec,file,htaccess,http_headers,methods,permanentxss,redirect,shellshock,sql,xss}" \
  --max-scan-time "${SCAN_SECONDS:-600}" --max-attack-time "${ATTACK_SECONDS:-60}" -d 4 --max-links-per-page 60 \
  -f json -o "$report" "$@"
node scripts/scan-report.ts "$report"

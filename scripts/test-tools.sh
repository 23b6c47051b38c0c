#!/bin/sh
# Programs of others that tests compare with: hledger and beancount. On PATH they are used as they are; root on Debian
# installs them; anyone else on Debian unpacks them below .cache/tools. Elsewhere the tests that need them are skipped.
set -eu
cd "$(dirname "$0")/.."
tools="$PWD/.cache/tools"
PATH="$tools/bin:$PATH"
missing=""
command -v hledger >/dev/null 2>&1 || missing="$missing hledger"
command -v bean-check >/dev/null 2>&1 || missing="$missing beancount"
# Several processes behind a pooler, and a clock that is set for PostgreSQL too: only root can install these, and PostgreSQL
# of the system's own beside them.
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  [ -x /usr/sbin/pgbouncer ] || missing="$missing pgbouncer"
  ls /usr/lib/*/faketime/libfaketime.so.1 >/dev/null 2>&1 || missing="$missing libfaketime"
fi
[ -n "$missing" ] || exit 0
if ! command -v apt-get >/dev/null 2>&1; then
  echo "Not found:$missing; the tests that compare with them are skipped." >&2
  exit 0
fi
echo "Fetching$missing…" >&2
mkdir -p .cache

install() {
  apt-get update -qq || true
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
}

# What apt would install, downloaded and unpacked beside nothing else; each program is wrapped so that it finds its parts.
unpack() (
  set -e
  fresh="$tools.$$"
  trap 'rm -rf "$fresh"' EXIT
  mkdir -p "$fresh/debs" "$fresh/bin"
  cd "$fresh/debs"
  apt-get download $( (printf '%s\n' $missing; apt-get install -s --no-install-recommends $missing | sed -n 's/^Inst \([^ ]*\) .*/\1/p') | sort -u)
  for deb in *.deb; do dpkg -x "$deb" "$fresh"; done
  cd "$fresh"
  rm -rf debs
  for program in usr/bin/hledger usr/bin/bean-*; do
    [ -f "$program" ] || continue
    run=""
    case $(head -c 40 "$program" | tr -d '\0') in *python3*) run=python3 ;; esac
    cat > "bin/${program##*/}" <<WRAPPER
#!/bin/sh
export LD_LIBRARY_PATH="$tools/usr/lib/$(uname -m)-linux-gnu:$tools/lib/$(uname -m)-linux-gnu"
export PYTHONPATH="$tools/usr/lib/python3/dist-packages"
PATH="\$PATH:$tools/usr/bin"
exec $run "$tools/$program" "\$@"
WRAPPER
    chmod +x "bin/${program##*/}"
  done
  rm -rf "$tools"
  mv "$fresh" "$tools"
)

if [ "$(id -u)" = 0 ]; then way=install; else way=unpack; fi
$way >.cache/tools.log 2>&1 </dev/null || true
command -v hledger >/dev/null 2>&1 && command -v bean-check >/dev/null 2>&1 ||
  echo "Could not get$missing (see .cache/tools.log); the tests that compare with them are skipped." >&2

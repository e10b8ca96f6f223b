#!/usr/bin/env bash
# What the system itself must have: installed by apt when we are root, otherwise named in one line to copy.
#   config/system.sh run     for `make demo`: Python with venv, Node, Pango, gettext
#   config/system.sh test    the same, and the servers and the browser of the tests
set -euo pipefail

python=${PYTHON:-python3}
missing=()
need() { # need PACKAGE… -- PROBE…: the packages are missing when the probe fails
  local packages=()
  while [ "$1" != -- ]; do packages+=("$1"); shift; done
  shift
  "$@" >/dev/null 2>&1 || missing+=("${packages[@]}")
}

has() { command -v "$1"; }
loads() { "$python" -c 'import ctypes, sys; ctypes.CDLL(sys.argv[1])' "$1"; }
recent_node() { [ "$(node -p 'parseInt(process.versions.node)')" -ge 18 ]; }
postgres() { has initdb || ls /usr/lib/postgresql/*/bin/initdb; }
browser() { has chromium || has chromium-browser || has google-chrome; }

need_for_running() {
  need python3 python3-venv -- "$python" -c 'import ensurepip, sys; assert sys.version_info >= (3, 11)'
  need nodejs -- recent_node
  need npm -- has npm
  need gettext -- has msgfmt
  if has "$python" >/dev/null; then
    need libpango-1.0-0 -- loads libpango-1.0.so.0
    need libpangoft2-1.0-0 -- loads libpangoft2-1.0.so.0
    need libharfbuzz-subset0 -- loads libharfbuzz-subset.so.0
  else
    missing+=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)
  fi
}

need_for_tests() {
  need postgresql -- postgres
  need redis-server -- has redis-server
  need chromium -- browser
}

look() {
  missing=()
  need_for_running
  [ "${1:-run}" = run ] || need_for_tests
}

look "$@"
[ ${#missing[@]} -gt 0 ] || exit 0
if [ "$(id -u)" -ne 0 ] || ! has apt-get >/dev/null; then
  echo "Missing on this system: sudo apt-get install -y ${missing[*]}" >&2
  exit 1
fi
echo "Installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -qq -y --no-install-recommends "${missing[@]}" >/dev/null
look "$@"
[ ${#missing[@]} -eq 0 ] || { echo "Still missing after apt-get install: ${missing[*]}" >&2; exit 1; }

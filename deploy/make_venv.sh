#!/usr/bin/env bash
# Makes .venv from the locks: deploy/make_venv.sh runtime|dev
#
# Needs Python 3.11 or newer with pip or venv, nothing else: uv is brought by pip, pinned by hash, and
# told to use the Python that is there. The project itself is installed in place, so edits count at once.
set -euo pipefail
cd "$(dirname "$0")/.."

kind=${1:?say which: runtime or dev}
# Whoever has the tools keeps them when only the program is asked for.
[ ! -e .venv/.setup-dev ] || kind=dev
case $kind in
  runtime) lock=requirements.lock ;;
  dev) lock=requirements-dev.lock ;;
  *) echo "make_venv.sh: '$kind' is neither runtime nor dev." >&2; exit 2 ;;
esac

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
  local candidate
  for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
    if command -v "$candidate" >/dev/null && is_new_enough "$candidate"; then command -v "$candidate"; return; fi
  done
  echo "Inkthread needs Python 3.11 or newer and found none${PYTHON:+ (looked at PYTHON=$PYTHON)}." >&2
  echo "Install one, or name it: make setup PYTHON=/path/to/python3.12" >&2
  return 1
}

make_bare_venv() {
  local python=$1
  rm -rf .venv
  if "$python" -c 'import ensurepip' 2>/dev/null; then
    "$python" -m venv .venv
  elif "$python" -m pip --version >/dev/null 2>&1; then
    # Debian splits ensurepip off; its pip can fill a venv that has none of its own.
    "$python" -m venv --without-pip .venv
  else
    echo "$python has neither venv nor pip. On Debian and Ubuntu: apt-get install python3-venv" >&2
    return 1
  fi
}

bring_uv() {
  local flags=(--disable-pip-version-check --quiet --require-hashes --no-deps --requirement requirements-uv.lock)
  if .venv/bin/python -m pip --version >/dev/null 2>&1; then
    .venv/bin/python -m pip install "${flags[@]}"
  else
    "$python" -m pip --python .venv/bin/python install "${flags[@]}"
  fi
}

python=$(find_python)
if ! { [ -x .venv/bin/python ] && is_new_enough .venv/bin/python; }; then make_bare_venv "$python"; fi
export UV_PYTHON_DOWNLOADS=never VIRTUAL_ENV="$PWD/.venv"
bring_uv
# Several processes run the tests: each would compile the packages for itself.
[ "$kind" = runtime ] || compile=--compile-bytecode
.venv/bin/uv pip sync --quiet --require-hashes ${compile:-} "$lock"
# hatchling comes from the lock, so that building the project fetches nothing.
.venv/bin/uv pip install --quiet --no-deps --no-build-isolation --editable .
touch .venv/.setup
[ "$kind" = runtime ] || touch .venv/.setup-dev
echo "Ready: .venv ($kind, $(.venv/bin/python --version))"

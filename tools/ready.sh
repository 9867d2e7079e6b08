#!/bin/sh
# Makes .venv from requirements.lock where it is missing or out of date; says nothing when it is ready.
# A second start finds the stamp fresh and calls neither Python nor pip.
set -eu
cd "$(dirname "$0")/.."

stamp="$(cat requirements.lock pyproject.toml tools/ready.sh tools/ready.py | cksum) $(pwd -P)"
if [ -x .venv/bin/python ] && [ "$(cat .venv/ready 2>/dev/null || true)" = "$stamp" ]; then
    exit 0
fi

new_enough='import sys; sys.exit(sys.version_info < (3, 11))'
for candidate in ${PYTHON:-python3.11 python3.12 python3.13 python3 python}; do
    if command -v "$candidate" >/dev/null 2>&1 && "$candidate" -c "$new_enough" >/dev/null 2>&1; then
        exec "$candidate" -I tools/ready.py "$stamp"
    fi
done

echo "Python 3.11 or newer is needed and was not found${PYTHON:+ as PYTHON=$PYTHON}." >&2
echo "Install it (Debian, Ubuntu: apt-get install python3 python3-venv; Fedora: dnf install python3.11)," >&2
echo "or name it: make demo PYTHON=/path/to/python3.11" >&2
exit 2

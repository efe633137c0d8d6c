#!/bin/sh
# Bring the environment up to the layers asked for: find a Python, then hand over to environment.py.
# Usage: environment.sh [--again] FOLDER LAYER...     (PYTHON=... chooses the interpreter)
here=$(dirname "$0")
folder=$1
[ "$folder" = --again ] && folder=$2
known=""

# A whole environment needs no search, no network and no writing; one that is there keeps its Python.
if [ -z "${PYTHON:-}" ] && [ -x "$folder/bin/python" ]; then
    "$folder/bin/python" "$here/environment.py" --whole "$@" 2>/dev/null && exit 0
    known=$("$folder/bin/python" -c 'import sys; print(sys._base_executable)' 2>/dev/null)
fi

too_old=""
without_venv=""
for python in "${PYTHON:-$known}" python3.13 python3.12 python3.11 python3; do
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
    if [ -n "$version" ]; then
        if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            too_old="$too_old $python is $version."
        elif ! "$python" -c 'import venv, ensurepip; ensurepip.version()' 2>/dev/null; then
            without_venv=${without_venv:-$version}
        else
            exec "$python" "$here/environment.py" "$@"
        fi
    fi
    [ -n "${PYTHON:-}" ] && break
done

if [ -n "$without_venv" ]; then
    echo "Python $without_venv lacks its venv module. On Debian and Ubuntu: apt install python3-venv" \
        "(or python$without_venv-venv). Then run make again." >&2
else
    echo "No Python 3.11 or newer found as ${PYTHON:-python3.13, python3.12, python3.11 or python3}.$too_old" \
        "Install one, or name it: make PYTHON=/path/to/python3.12." >&2
fi
exit 2

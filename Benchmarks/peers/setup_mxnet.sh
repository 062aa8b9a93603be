#!/bin/sh
# Sets up MXNet for D2L's MXNet tab: a Python environment of its own in Benchmarks/.venv/mxnet, as
# MXNet's last release needs a NumPy older than the other peers'. The release has builds for Linux
# on x86-64 only, and NumPy 1.23.5 for Python 3.8 to 3.11. Safe to run again; nothing is committed.
#
#   MXNET_PYTHON=/path/to/python   use that environment instead of making one
#   PYTHON=/path/to/python3.11     make it with this Python (default: python3)
set -eu
cd "$(dirname "$0")/.."
venv=.venv/mxnet

say() { echo "peers: $*" >&2; }

if [ -n "${MXNET_PYTHON:-}" ]; then
  python=$MXNET_PYTHON
else
  python=$venv/bin/python
  if ! [ -x "$python" ]; then
    say "making a Python environment in Benchmarks/$venv"
    "${PYTHON:-python3}" -m venv "$venv"
  fi
  if ! "$python" -c 'import mxnet' 2>/dev/null; then
    "$python" -m pip install --quiet -r peers/requirements-mxnet.txt
  fi
fi
"$python" - <<'PYTHON' >&2
import mxnet, numpy, platform
print(f"peers: Python {platform.python_version()}, MXNet {mxnet.__version__}, "
      f"numpy {numpy.__version__}")
PYTHON

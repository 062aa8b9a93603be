#!/usr/bin/env bash
# Checks the shell scripts with shellcheck, and that the Python and JavaScript files compile. Says so
# and goes on where a tool is missing and cannot be installed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

shopt -s nullglob
shell=(.ci/run scripts/*.sh Benchmarks/peers/*.sh)
python=(Benchmarks/*.py Benchmarks/peers/*.py Tests/peers/*.py)
javascript=(scripts/*.js Sources/*/*/*.js)

if scripts/install-packages.sh shellcheck; then
  shellcheck --external-sources "${shell[@]}"
  echo "make lint: ${#shell[@]} shell scripts, clean"
else
  echo "make lint: SKIPPED: no shellcheck, the shell scripts are not checked" >&2
fi

if command -v python3 >/dev/null; then
  python3 - "${python[@]}" <<'PYTHON'
import sys
for name in sys.argv[1:]:
    with open(name, "rb") as file:
        try:
            compile(file.read(), name, "exec")
        except SyntaxError as error:
            sys.exit(f"{name}:{error.lineno}: {error.msg}")
PYTHON
  echo "make lint: ${#python[@]} Python files, they compile"
else
  echo "make lint: SKIPPED: no python3, the Python files are not checked" >&2
fi

if command -v node >/dev/null; then
  for file in "${javascript[@]}"; do node --check "$file"; done
  echo "make lint: ${#javascript[@]} JavaScript files, they compile"
else
  echo "make lint: SKIPPED: no node, the JavaScript files are not checked" >&2
fi

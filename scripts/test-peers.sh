#!/usr/bin/env bash
# Do gensim and numpy read what word2vec writes, and the other way round? Takes them from PyPI into
# .build-peers, a virtual environment of its own. Where pip cannot reach its index the test is
# skipped, and says so; anything else that goes wrong is a failure.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

environment=.build-peers
python=$environment/bin/python
wanted=Tests/peers/requirements.txt

skip() {
  echo "peers-test: SKIPPED: $1" >&2
  exit 0
}

if ! cmp -s "$wanted" "$environment/$(basename "$wanted")"; then
  command -v python3 >/dev/null || skip "no python3"
  rm -rf "$environment"
  python3 -m venv "$environment" 2>/dev/null || skip "python3 makes no virtual environment"
  log=$environment/pip.log
  if ! "$python" -m pip install --quiet --disable-pip-version-check -r "$wanted" >"$log" 2>&1; then
    if grep -qE 'NewConnectionError|ConnectTimeoutError|ReadTimeoutError|ProxyError|Temporary failure' "$log"
    then skip "pip cannot reach its index"; fi
    cat "$log" >&2
    exit 1
  fi
  cp "$wanted" "$environment/"
fi

swift build --product word2vec
sets=${EVAL_SETS:-../shared/data/eval}
[[ -d $sets ]] || sets=
"$python" Tests/peers/peers_test.py .build/debug/word2vec ${sets:+"$sets"}

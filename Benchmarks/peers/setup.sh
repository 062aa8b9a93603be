#!/bin/sh
# Sets up what this package is compared with: a Python environment with PyTorch (CPU), gensim and,
# where PyPI has a build of it, fastText in Benchmarks/.venv, and word2vec.c, whose source travels in
# the PyPI package `word2vec`, built with -O3 -march=native. Safe to run again; nothing of it is
# committed. pSGNScc is not set up here: PSGNSCC names a program that is built.
#
#   PEERS_PYTHON=/path/to/python   use that environment instead of making one
#   TORCH_INDEX=URL                where the CPU build of PyTorch is looked for, besides PyPI
#                                  (default: PyTorch's own; empty: PyPI alone)
#   WORD2VEC_SDIST=FILE            take word2vec-0.11.1.tar.gz from there instead of from PyPI
set -eu
cd "$(dirname "$0")/.."
venv=.venv
tools=$venv/word2vec.c

say() { echo "peers: $*" >&2; }

mkdir -p "$venv"
if [ -n "${PEERS_PYTHON:-}" ]; then
  python=$PEERS_PYTHON
else
  python=$venv/bin/python
  if ! [ -x "$python" ]; then
    say "making a Python environment in Benchmarks/$venv"
    python3 -m venv "$venv" || { say "python3 with venv is needed (apt install python3-venv)"; exit 1; }
  fi
  if ! "$python" -c 'import torch, gensim' 2>/dev/null; then
    index=${TORCH_INDEX-https://download.pytorch.org/whl/cpu}
    "$python" -m pip install --quiet ${index:+--extra-index-url "$index"} \
      -r peers/requirements.txt
  fi
fi
if ! "$python" -c 'import fasttext' 2>/dev/null; then
  "$python" -m pip install --quiet --only-binary fasttext-wheel fasttext-wheel 2>/dev/null ||
    "$python" -m pip install --quiet fasttext 2>/dev/null ||
    say "SKIPPED: no fastText, PyPI has no build for this Python and none could be made"
fi
"$python" - <<'PYTHON' >&2
import gensim, numpy, platform, torch
print(f"peers: Python {platform.python_version()}, torch {torch.__version__}, "
      f"gensim {gensim.__version__}, numpy {numpy.__version__}")
PYTHON

if ! [ -x "$tools/word2vec" ]; then
  mkdir -p "$tools"
  sdist=${WORD2VEC_SDIST:-}
  if [ -z "$sdist" ]; then
    "$python" -m pip download --quiet --no-deps --no-binary :all: -d "$tools" word2vec==0.11.1
    sdist=$tools/word2vec-0.11.1.tar.gz
  fi
  tar -xzf "$sdist" -C "$tools" --strip-components=3 word2vec-0.11.1/word2vec/includes/word2vec.c
  # Later versions of this file keep a flag `eof` that is never cleared, so that the last thread
  # stops after its first pass; this one asks feof(), which fseek() clears. Refuse the other kind.
  if grep -q '\beof = ' "$tools/word2vec.c"; then
    say "this word2vec.c ends its last thread early (variable eof); the comparison would be unfair"
    exit 1
  fi
  ${CC:-cc} -O3 -march=native -pthread -Wno-unused-result \
    "$tools/word2vec.c" -o "$tools/word2vec.part" -lm
  mv "$tools/word2vec.part" "$tools/word2vec"
fi
say "word2vec.c: Benchmarks/$tools/word2vec"

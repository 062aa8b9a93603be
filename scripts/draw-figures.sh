#!/usr/bin/env bash
# Draws the figures anew: those of the chapters, as built, and that of the engines from what the
# benchmark measured.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# A row for each engine: engine, group, seconds.
engines=Benchmarks/results/engines.csv

for name in dataset bce-loss training similar-tokens exercises; do
  # Not a reader's run, whose figures would be named apart where the page's code has changed.
  LITERATE_RECORD='' swift run --skip-build "chapter-$name" >/dev/null
done
if [[ -f $engines ]]; then swift run --skip-build chapter-exercises --engines "$engines"; fi

#!/usr/bin/env bash
# Runs every chapter, as built, in the order of the document.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

for folder in chapters/[0-9]*-*/; do
  name=${folder#chapters/*-}
  name=chapter-${name%/}
  printf '\n== %s\n' "$name"
  swift run --skip-build "$name"
done

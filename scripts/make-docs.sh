#!/usr/bin/env bash
# Makes pages of Word2Vec's documentation, book/library/, with the toolchain's own DocC.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

docc=$(command -v docc || dirname "$(command -v swift)")
[[ -x $docc && ! -d $docc ]] || docc=$docc/docc
[[ -x $docc ]] || {
  echo "make docs: this Swift toolchain has no docc" >&2
  exit 1
}
swift build --target Word2Vec
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
read -ra openblas < <(pkg-config --cflags-only-I openblas | sed 's/-I/-Xcc -I/g')
swift symbolgraph-extract -module-name Word2Vec -output-dir "$work" \
  -minimum-access-level public -skip-synthesized-members \
  -target "$(swift -print-target-info | sed -n 's/^ *"triple": "\(.*\)",$/\1/p')" \
  -I .build/debug/Modules -I Sources/CSIMD/include -I Sources/CScheduler/include -I Sources/CZlib -I Sources/COpenBLAS \
  -Xcc "-fmodule-map-file=$PWD/.build/debug/CSIMD.build/module.modulemap" \
  -Xcc "-fmodule-map-file=$PWD/.build/debug/CScheduler.build/module.modulemap" "${openblas[@]}"
mkdir -p book
"$docc" convert Sources/Word2Vec/Word2Vec.docc --additional-symbol-graph-dir "$work" \
  --fallback-display-name Word2Vec --fallback-bundle-identifier word2vec \
  --output-path book/library --transform-for-static-hosting --warnings-as-errors
echo "make docs: book/library/documentation/word2vec/index.html; look at it with" \
  "python3 -m http.server -d book/library"

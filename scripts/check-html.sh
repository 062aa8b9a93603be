#!/usr/bin/env bash
# Opens the HTML book in a headless Chromium and fails where an image is broken, the page is wider
# than its window (400 and 1200 px, light and dark), or text hardly stands out from its ground.
#
#   scripts/check-html.sh [book/word2vec.html]
#
# Says so and succeeds where there is no Chromium.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

book=${1:-book/word2vec.html}
[[ -f $book ]] || { echo "check-html.sh: $book is missing: make html" >&2; exit 1; }
exec scripts/open-in-browser.sh "$book" scripts/check-html.js

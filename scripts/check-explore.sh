#!/usr/bin/env bash
# Opens the page to look around in a headless Chromium, types and clicks as a reader would (at 400
# and 1200 px, light and dark), and fails where it does not answer.
#
#   scripts/check-explore.sh [book/explore.html]
#
# Says so and succeeds where there is no Chromium.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

page=${1:-book/explore.html}
[[ -f $page ]] || { echo "check-explore.sh: $page is missing: make explore" >&2; exit 1; }
size=$(wc -c <"$page")
[[ $size -lt 5000000 || -n ${1:-} ]] || { echo "$page has $size bytes, 5 MB or more" >&2; exit 1; }
if grep -Eo '(src|href)="[^#"]*"|https?://[^"'"'"' ]*' "$page"; then
  echo "check-explore.sh: $page asks for other files" >&2
  exit 1
fi
exec scripts/open-in-browser.sh "$page" scripts/check-explore.js

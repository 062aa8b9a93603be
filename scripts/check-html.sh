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

browser=
for name in ${CHROMIUM:-} chromium chromium-browser google-chrome chrome; do
  if command -v "$name" >/dev/null 2>&1; then browser=$name; break; fi
done
if [[ -z $browser ]]; then
  echo "html check skipped: no Chromium here (apt install chromium, or set CHROMIUM)"
  exit 0
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
{ cat "$book"; echo '<script>'; cat scripts/check-html.js; echo '</script>'; } >"$scratch/book.html"

# A frame gives the page its width: a browser's own window cannot be as narrow as 400 px.
for width in 400 1200; do
  cat >"$scratch/$width.html" <<FRAME
<body><pre id="report">no report</pre><iframe src="book.html" width="$width" height="900"
style="border:0"></iframe><script>
addEventListener("message", event => document.getElementById("report").textContent = event.data)
</script></body>
FRAME
done

status=0
for scheme in 0:dark 1:light; do
  for width in 400 1200; do
    report=$("$browser" --headless --no-sandbox --disable-gpu --window-size=1400,1000 \
      --user-data-dir="$scratch/profile" --blink-settings=preferredColorScheme="${scheme%:*}" \
      --virtual-time-budget=20000 --dump-dom "file://$scratch/$width.html" 2>/dev/null |
      sed -n 's/.*<pre id="report">\([^<]*\)<\/pre>.*/\1/p') || true
    case $report in
      "ok ${scheme#*:} $width "*) echo "html: $report" ;;
      *) echo "html: at $width px, ${scheme#*:}: ${report:-the browser gave no report}" >&2; status=1 ;;
    esac
  done
done
exit "$status"

#!/usr/bin/env bash
# Opens a page in a headless Chromium, 400 and 1200 px wide, dark and light, with a script behind it
# that looks at it and posts "ok …" or what is wrong; fails where it is not ok.
#
#   scripts/open-in-browser.sh PAGE SCRIPT
#
# Says so and succeeds where there is no Chromium.
set -euo pipefail
[[ $# -eq 2 ]] || { echo "usage: $0 PAGE SCRIPT" >&2; exit 1; }

browser=
for name in ${CHROMIUM:-} chromium chromium-browser google-chrome chrome; do
  if command -v "$name" >/dev/null 2>&1; then browser=$name; break; fi
done
if [[ -z $browser ]]; then
  echo "check of $1 skipped: no Chromium here (apt install chromium, or set CHROMIUM)"
  exit 0
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
{ cat "$1"; echo '<script>'; cat "$2"; echo '</script>'; } >"$scratch/page.html"

# A frame gives the page its width: a browser's own window cannot be as narrow as 400 px.
for width in 400 1200; do
  cat >"$scratch/$width.html" <<FRAME
<body><pre id="report">no report</pre><iframe src="page.html" width="$width" height="900"
style="border:0"></iframe><script>
addEventListener("message", event => document.getElementById("report").textContent = event.data)
</script></body>
FRAME
done

look() { # WIDTH SCHEME: what the script reports, nothing where it does not
  "$browser" --headless --no-sandbox --disable-gpu --window-size=1400,1000 \
    --user-data-dir="$scratch/profile" --blink-settings=preferredColorScheme="$2" \
    --virtual-time-budget=20000 --dump-dom "file://$scratch/$1.html" 2>/dev/null |
    sed -n 's/.*<pre id="report">\([^<]*\)<\/pre>.*/\1/p' | grep -v '^no report$' || true
}

status=0
for scheme in 0:dark 1:light; do
  for width in 400 1200; do
    report=$(look "$width" "${scheme%:*}")
    # A browser that starts on a busy machine may use its time up before the page is there.
    [[ -n $report ]] || report=$(look "$width" "${scheme%:*}")
    case $report in
      "ok ${scheme#*:} $width "*) echo "$1: $report" ;;
      *) echo "$1 at $width px, ${scheme#*:}: ${report:-the browser gave no report}" >&2; status=1 ;;
    esac
  done
done
exit "$status"

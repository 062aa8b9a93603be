#!/usr/bin/env bash
# Records the chapters' expected output and the digest of their vectors anew, and shows what changed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

golden=(swift test --skip-build --filter 'ChapterTests.(GoldenTests|BitsTests)')

swift build --build-tests
echo "Recording; a recording counts as a failed test, so the second run is the one that counts."
GOLDEN=record "${golden[@]}" >/dev/null 2>&1 || true
"${golden[@]}"
git --no-pager diff --stat -- Tests/ChapterTests/Golden

#!/usr/bin/env bash
# Looks for reads and writes outside of memory (address sanitizer) and for threads that race (thread
# sanitizer).
#
#   scripts/check-memory.sh [address|thread]   every test, under both or under one; whole builds, an
#                                              hour or more each
#   scripts/check-memory.sh --short            the training chapter on the embedded corpus with two
#                                              threads, under both: its vectors are those of the
#                                              golden file
#
# The Penn Treebank is left out: its tests train for minutes, under a sanitizer for hours, what the
# others train on in seconds.
#
# Each sanitizer builds in a folder of its own.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

golden=Tests/ChapterTests/Golden/bits.txt
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# The process must end at the first report, with a status that says so.
export ASAN_OPTIONS=halt_on_error=1:detect_leaks=0 TSAN_OPTIONS=halt_on_error=1
export WORD2VEC_DATA=$scratch/none

fail() {
  echo "deep: $1" >&2
  exit 1
}

# Tests of limits on a process's memory: a sanitizer reserves terabytes of addresses for itself, and
# reports an allocation that fails.
limits='/(limited|limits|endsUnderLimits|ownLimit|noThreads|forecast|smallStacks)\(|MistakeTests/memory\('

# Runs the tests that match a pattern, one after the other: processes that tests start side by side
# hang under the address sanitizer. A pattern that no test matches is a failure.
tests() {
  local sanitizer=$1 pattern=$2
  swift test --no-parallel --sanitize="$sanitizer" --scratch-path ".build-$sanitizer" \
    --filter "$pattern" --skip "$limits" 2>&1 | tee "$scratch/log"
  grep -q 'Test run with [1-9][0-9]* tests\{0,1\} .* passed' "$scratch/log" ||
    fail "no test matches $pattern"
}

chapter() {
  local sanitizer=$1 found
  swift build --product chapter-training --sanitize="$sanitizer" \
    --scratch-path ".build-$sanitizer" >"$scratch/log" 2>&1 || { cat "$scratch/log" >&2; exit 1; }
  ".build-$sanitizer/debug/chapter-training" --corpus embedded --epochs 1 --threads 2 --quiet \
    --save "$scratch/bits.vec" --figure "$scratch/bits.svg" >"$scratch/log" 2>&1 ||
    { cat "$scratch/log" >&2; fail "the training chapter fails under the $sanitizer sanitizer"; }
  found=$(sha256sum <"$scratch/bits.vec")
  found=${found%% *}
  [[ $found == "$(tail -n 1 "$golden")" ]] ||
    fail "under the $sanitizer sanitizer the vectors are $found, not those of $golden"
}

short='' sanitizers=(address thread)
case ${1:-} in
  '') ;;
  --short) short=yes ;;
  address | thread) sanitizers=("$1") ;;
  *) fail "$1 is no sanitizer; address or thread" ;;
esac
for sanitizer in "${sanitizers[@]}"; do
  begin=$SECONDS
  [[ -n $short ]] || tests "$sanitizer" 'Tests\.'
  chapter "$sanitizer"
  echo "deep: nothing found by the $sanitizer sanitizer ($((SECONDS - begin)) s)"
done

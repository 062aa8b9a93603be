#!/usr/bin/env bash
# Builds the training chapter for each x86-64 level that this processor has, trains the embedded
# corpus for one epoch with each build, and compares the vectors' SHA-256 with the golden file.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

golden=Tests/ChapterTests/Golden/bits.txt
expected=$(tail -n 1 "$golden")
vectors=$(mktemp -d)
trap 'rm -rf "$vectors"' EXIT

has() { grep -m 1 '^flags' /proc/cpuinfo 2>/dev/null | grep -qw "$1"; }

case $(uname -m) in
  x86_64) levels="x86-64 x86-64-v2:sse4_2 x86-64-v3:avx2 x86-64-v4:avx512vl" ;;
  *) levels= && echo "bits: skipped, $(uname -m) has one level" ;;
esac

failed=
for level in $levels; do
  march=${level%:*} flag=${level#*:}
  if [ "$flag" != "$level" ] && ! has "$flag"; then
    echo "bits: $march skipped, this processor has no $flag"
    continue
  fi
  begin=$SECONDS
  # One folder for all: only what is compiled for a processor is compiled again.
  WORD2VEC_MARCH=$march swift build --product chapter-training --scratch-path .build-bits \
    >"$vectors/build.log" 2>&1 || { cat "$vectors/build.log" >&2; exit 1; }
  built=$((SECONDS - begin))
  for threads in 1 2; do
    .build-bits/debug/chapter-training --corpus embedded --epochs 1 --threads "$threads" --quiet \
      --save "$vectors/bits.vec" --figure "$vectors/bits.svg" >/dev/null 2>&1
    found=$(sha256sum <"$vectors/bits.vec")
    found=${found%% *}
    verdict=same
    [ "$found" = "$expected" ] || { verdict="DIFFERENT, not $expected" && failed=yes; }
    echo "bits: $march, $threads threads: $found, $verdict (built in $built s)"
  done
done

[ -z "$failed" ] || {
  echo "bits: the bytes depend on the processor or the threads, or $golden is old (make golden)" >&2
  exit 1
}

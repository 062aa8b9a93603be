#!/usr/bin/env bash
# Does anything that is computed depend on the processor? For each x86-64 level that this one has,
# with 1 and 2 threads, and for each way of hiding FMA and AVX2 from the C library, which chooses
# its variants of pow, exp, log, sin and cos by them when a program starts:
#
#   - the vectors of one epoch on the embedded corpus have the digest of the golden file,
#   - those of `word2vec train`, whose examples share noise words, have one digest,
#   - the values of PortableMath have one digest, and the fast chapters print one text.
#
# And no object file of the libraries below the chapters calls such a function of the C library.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

golden=Tests/ChapterTests/Golden/bits.txt
powers=Tests/PortableMathTests/Fixtures/references.json
expected=$(tail -n 1 "$golden")
expected_powers=$(sed -n 's/.*"threeQuarterPowersDigest": "\(.*\)".*/\1/p' "$powers")
products=$PWD/.build-bits/debug
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Libraries without a call of these may not depend on the C library's variants.
modules="PortableMath RandomStreams Word2Vec D2L"
inexact='(pow|exp|exp2|expm1|exp10|log|log2|log10|log1p|sin|cos|sincos|tan|asin|acos|atan|atan2'
inexact+='|sinh|cosh|tanh|asinh|acosh|atanh|erf|erfc|lgamma|tgamma|hypot|cbrt)f?'

# The chapters that take a second or two, of which every printed line but times is compared.
chapters="bce-loss embedding-layer skip-gram dataset training"

# What the C library is told not to use; glibc before 2.33 has other names for these.
hidden="-FMA -AVX2 -AVX2,-FMA -AVX2,-FMA,-FMA4,-AVX -AVX512F,-AVX512VL,-AVX2,-FMA,-FMA4,-AVX"

failed=

fail() { echo "bits: DIFFERENT: $1" >&2 && failed=yes; }

has() { grep -m 1 '^flags' /proc/cpuinfo 2>/dev/null | grep -qw "$1"; }

digest() { { sha256sum || shasum -a 256; } 2>/dev/null | cut -d ' ' -f 1; }

# Run a command in an empty folder, without the Penn Treebank.
apart() { (mkdir -p "$work/run" && cd "$work/run" && env -u WORD2VEC_DATA "$@"); }

# The digest of the vectors that one epoch gives.
vectors() {
  apart "$products/chapter-training" --corpus embedded --epochs 1 --threads "$1" --quiet \
    --save "$work/bits.vec" --figure "$work/bits.svg" >/dev/null 2>&1
  digest <"$work/bits.vec"
}

# Compare the vectors that the command makes of the package's own pages with the first ones.
expected_shared=
compare_shared() {
  local found
  cat README.md CHANGELOG.md chapters/*/README.md >"$work/text.txt"
  apart "$products/word2vec" train "$work/text.txt" -o "$work/shared.vec" --tokenize --quiet \
    --min-count 1 --epochs 2 --share-noise 16 --batch-size 200 --threads "$2" >/dev/null 2>&1
  found=$(digest <"$work/shared.vec")
  : "${expected_shared:=$found}"
  [ "$found" = "$expected_shared" ] || fail "$1, $2 threads: word2vec train gives other vectors"
}

# What the fast chapters print, without times and rates by the clock.
printed() {
  local name
  for name in $chapters; do
    echo "== $name"
    case $name in dataset | training) set -- --corpus embedded ;; *) set -- ;; esac
    apart "$products/chapter-$name" "$@" 2>/dev/null
  done | sed -E 's/[0-9.]+ (tokens\/sec|s$)/⟨⟩ \1/; s/(examples\/s:) .*/\1 ⟨⟩/'
}

# Compile the writer of values, as the package is compiled for a level.
values() {
  swiftc -O -parse-as-library ${1:+-Xcc "-march=$1"} Sources/PortableMath/*.swift \
    scripts/bits-values.swift -o "$work/values"
}

# Compare the values of PortableMath with exact arithmetic (count^0.75) and with the first ones.
expected_values=
compare_values() {
  local found
  found=$("$work/values" counts | digest)
  [ "$found" = "$expected_powers" ] || fail "$1: count^0.75 is $found, exactly $expected_powers"
  found=$("$work/values" all | digest)
  : "${expected_values:=$found}"
  [ "$found" = "$expected_values" ] || fail "$1: PortableMath gives $found, not $expected_values"
}

build() {
  swift build --scratch-path .build-bits "$@" >"$work/build.log" 2>&1 ||
    { cat "$work/build.log" >&2; exit 1; }
}

case $(uname -m) in
  x86_64) levels="x86-64 x86-64-v2:sse4_2 x86-64-v3:avx2 x86-64-v4:avx512vl" ;;
  *) levels= && echo "bits: levels skipped, $(uname -m) has one" ;;
esac

for level in $levels; do
  march=${level%:*} flag=${level#*:}
  if [ "$flag" != "$level" ] && ! has "$flag"; then
    echo "bits: $march skipped, this processor has no $flag"
    continue
  fi
  export WORD2VEC_MARCH=$march
  begin=$SECONDS
  # One folder for all: only what is compiled for a processor is compiled again.
  build --product chapter-training
  build --product word2vec
  built=$((SECONDS - begin))
  values "$march"
  compare_values "$march"
  for threads in 1 2; do
    compare_shared "$march" "$threads"
    found=$(vectors "$threads")
    [ "$found" = "$expected" ] || fail "$march, $threads threads: not $expected"
    echo "bits: $march, $threads threads: $found (built in $built s)"
  done
done

# The last build above stays; here more chapters are linked to it.
for name in $chapters; do build --product "chapter-$name"; done
build --product word2vec
[ -n "$levels" ] || { values "" && compare_values "this processor"; }

for module in $modules; do
  calls=$(find "$products/$module.build" -name '*.o' -exec nm -u {} + |
    awk '{ sub(/^_/, "", $NF); sub(/@.*/, "", $NF); print $NF }' |
    grep -xE "$inexact" | sort -u | paste -sd ' ') || true
  [ -z "$calls" ] || fail "$module calls $calls of the C library"
  [ -d "$products/$module.build" ] || fail "there is no $module to look into"
  echo "bits: $module calls of the C library: ${calls:-nothing inexact}"
done

if [ "$(uname -s)" = Linux ] && [ "$(uname -m)" = x86_64 ]; then
  begin=$SECONDS
  plain=$(printed)
  library=$("$work/values" libm | digest)
  changed=
  for names in $hidden; do
    export GLIBC_TUNABLES=glibc.cpu.hwcaps=$names
    [ "$("$work/values" libm | digest)" = "$library" ] || changed+=" $names"
    compare_values "$names"
    compare_shared "$names" 2
    found=$(vectors 2)
    [ "$found" = "$expected" ] || fail "$names: the vectors are $found, not $expected"
    now=$(printed)
    if [ "$now" != "$plain" ]; then
      fail "$names: the chapters print other lines"
      diff <(echo "$plain") <(echo "$now") >&2 || true
    fi
    echo "bits: without ${names//-/}: $found"
  done
  unset GLIBC_TUNABLES
  # The C library's own functions are the control: they do differ where the variable has its effect.
  if [ -n "$changed" ]; then
    echo "bits: the C library's own pow, exp or log differ without:${changed//-/}"
  elif has fma && has avx2; then
    fail "nothing was hidden: this C library knows none of the names"
  fi
  echo "bits: the C library's variants took $((SECONDS - begin)) s"
else
  echo "bits: the C library's variants skipped, they are those of glibc on x86-64"
fi

[ -z "$failed" ] || {
  echo "bits: the bytes depend on the machine or the threads, or $golden is old (make golden)" >&2
  exit 1
}

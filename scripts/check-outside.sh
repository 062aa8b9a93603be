#!/usr/bin/env bash
# Is the library enough for somebody else's package? Builds one in a folder of its own that imports
# Word2Vec alone, and runs its programs: Tests/outside, and README's example in Swift as it stands.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

package=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
  echo "outside: $1" >&2
  exit 1
}

# README's example is the block that begins with its import; it reads text.txt. The article's blocks
# are one program, in their order.
mkdir -p "$work/outside/Sources/readme" "$work/outside/Sources/article" "$work/run"
awk '/^```/ { inside = ($0 == "```swift"); next } inside' \
  Sources/Word2Vec/Word2Vec.docc/FromTextToNeighbours.md >"$work/outside/Sources/article/main.swift"
cp -R Tests/outside/Sources "$work/outside/"
sed "s|@PACKAGE@|$package|" Tests/outside/Package.swift.in >"$work/outside/Package.swift"
awk '/^```/ { inside = 0; next } $0 == "import Word2Vec" { inside = 1 } inside' README.md \
  >"$work/outside/Sources/readme/main.swift"
grep -q '^import Word2Vec$' "$work/outside/Sources/readme/main.swift" ||
  fail "README.md has no example in Swift that imports Word2Vec"
awk 'BEGIN { for (i = 0; i < 400; i++)
  print "the chip of word" i % 20, "is a good chip for", "word" (i * 7 + 3) % 20 }' \
  >"$work/run/text.txt"

imports=$(grep -rhE '^ *(@[a-zA-Z(]+\)? )*import ' "$work/outside/Sources" | sort -u)
echo "$imports" | grep -vxqE ' *import (Word2Vec|Glibc|Darwin)' &&
  fail "more than Word2Vec is imported: $imports"

cd "$work/outside"
swift build --scratch-path "$package/.build-outside" >"$work/log" 2>&1 ||
  { cat "$work/log" >&2; fail "a package that depends on this one does not build"; }
# Nothing but an explicit wish may tie somebody else's program to the processor at hand.
if [[ -z ${WORD2VEC_MARCH:-} ]]; then
  plan=$package/.build-outside/debug.yaml
  [[ -f $plan ]] || fail "there is no $plan to look for -march in"
  ! grep -q -e '-march=' "$plan" ||
    fail "a package that depends on this one is compiled for the processor at hand"
fi
cd "$work/run"
"$package/.build-outside/debug/outside" "$work/run"
echo "outside: README's example says"
"$package/.build-outside/debug/readme"
[[ -s text.vec ]] || fail "README's example saves no vectors"
echo "outside: the article says"
"$package/.build-outside/debug/article"
[[ -s text.bin.gz && -s text.words.txt ]] || fail "the article's program saves no vectors"

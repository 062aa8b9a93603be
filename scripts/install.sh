#!/usr/bin/env bash
# Builds word2vec with Swift's runtime inside and puts it, its manual page and its completions for
# bash, zsh and fish under a prefix, below $DESTDIR where that is set.
#
#   scripts/install.sh /usr/local
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

prefix=${DESTDIR-}$1
scratch=.build-install
# Installed programs may be copied to another machine; WORD2VEC_MARCH=native binds them to this one.
if [[ $(uname -m) == x86_64 ]]; then export WORD2VEC_MARCH=${WORD2VEC_MARCH:-x86-64-v2}; fi

mkdir -p "$prefix/bin" 2>/dev/null || {
  echo "make install: $prefix/bin cannot be made; give another PREFIX, or run as who may" >&2
  exit 1
}
swift build -c release --static-swift-stdlib --scratch-path "$scratch" --product word2vec
built=$scratch/release/word2vec

put() {
  mkdir -p "$(dirname "$2")"
  install -m "$3" "$1" "$2"
  echo "make install: $2"
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for shell in bash zsh fish; do "$built" --generate-completion-script "$shell" >"$work/$shell"; done
"$built" manual >"$work/word2vec.1"
if [[ $(uname) == Linux ]]; then strip -o "$work/word2vec" "$built"; else cp "$built" "$work/"; fi
put "$work/word2vec" "$prefix/bin/word2vec" 755
put "$work/word2vec.1" "$prefix/share/man/man1/word2vec.1" 644
put "$work/bash" "$prefix/share/bash-completion/completions/word2vec" 644
put "$work/zsh" "$prefix/share/zsh/site-functions/_word2vec" 644
put "$work/fish" "$prefix/share/fish/vendor_completions.d/word2vec.fish" 644

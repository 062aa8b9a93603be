#!/usr/bin/env bash
# Fetches the Penn Treebank into data/ptb, or into $WORD2VEC_DATA, for the make target that is named.
#
#   scripts/fetch-data.sh data
#   PTB_URL=URL   where it is; any address that curl takes, file:// too
#
# A file is written beside its place and renamed when it is whole, so that an interrupted run leaves
# nothing that looks like data.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

target=$1
url=${PTB_URL-http://d2l-data.s3-accelerate.amazonaws.com/ptb.zip}
sha1=319d85e578af0cdc590547f26231e4e31cdf1e42
folder=${WORD2VEC_DATA:-data/ptb}

fail() {
  local then=
  [[ $target == data ]] || then="; going on without the Penn Treebank"
  echo "make $target: $1$then" >&2
  exit 1
}

absent=()
for part in test valid train; do
  [[ -s $folder/ptb.$part.txt ]] || absent+=("$part")
done
if ! ((${#absent[@]})); then
  echo "make $target: the Penn Treebank is in $folder" >&2
  exit 0
fi

scripts/install-packages.sh curl unzip || fail "curl and unzip are needed to fetch the data"
download=$(mktemp -d) || fail "no temporary folder can be made"
trap 'rm -rf "$download" "$folder"/.ptb.*."$$"' EXIT
trap 'exit 130' HUP INT TERM
zip=$download/ptb.zip
reason=$(curl --silent --show-error --fail --location --connect-timeout 5 \
  --speed-limit 1000 --speed-time 20 --output "$zip" "$url" 2>&1) ||
  fail "$url cannot be fetched (${reason#curl: (*) })"
sum=$({ sha1sum || shasum; } 2>/dev/null <"$zip") || true
sum=${sum%% *}
[[ $sum == "$sha1" ]] || fail "$url has the SHA-1 $sum instead of $sha1 and was thrown away"

mkdir -p "$folder" 2>/dev/null || fail "$folder cannot be made"
for part in "${absent[@]}"; do
  whole=$folder/ptb.$part.txt beside=$folder/.ptb.$part.$$
  { unzip -p "$zip" "ptb/ptb.$part.txt" >"$beside" && mv "$beside" "$whole"; } ||
    fail "$whole cannot be written"
done
echo "make $target: the Penn Treebank is now in $folder" >&2

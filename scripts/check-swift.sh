#!/usr/bin/env bash
# Is there a Swift toolchain, and is it new enough?
#
#   scripts/check-swift.sh 6.2
set -euo pipefail

wanted=$1

fail() {
  echo "make: $1; install Swift $wanted or newer from https://www.swift.org/install" >&2
  exit 1
}

command -v swift >/dev/null || fail "no Swift toolchain on the PATH"
says=$(swift --version 2>&1) || true
found=$(sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' <<<"$says")
[[ -n $found ]] || fail "swift --version says no version but \"$says\""
((${found%.*} > ${wanted%.*} || ${found%.*} == ${wanted%.*} && ${found#*.} >= ${wanted#*.})) ||
  fail "Swift $found is too old"

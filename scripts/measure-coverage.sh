#!/usr/bin/env bash
# Runs the tests with counters in the code, and prints how many of its lines were run, by folder.
# Chapters count as what the tests run of them, in the tests' own process or in a program of theirs.
# Builds in a folder of its own, so that the next plain build need not begin anew.
#
#   scripts/measure-coverage.sh [--filter REGEX]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scratch=.build-coverage
# llvm-cov must be the toolchain's own: formats differ between versions.
swift=$(readlink -f "$(command -v swift)")
cov=${swift%/*}/llvm-cov
[[ -x $cov ]] || cov=llvm-cov

rm -rf "$scratch"/debug/codecov
swift test --enable-code-coverage --scratch-path "$scratch" "$@"

profile=$scratch/debug/codecov/default.profdata
tests=$(find -L "$scratch/debug" -maxdepth 1 -name '*PackageTests.xctest')
[[ -d $tests ]] && tests=$(find "$tests/Contents/MacOS" -type f)
# The last six columns of a file are its lines, those not run, their share, and three of branches.
"$cov" report "$tests" -instr-profile "$profile" Sources chapters |
  awk '
    $1 ~ /\.swift$|\.[ch]$/ {
      folder = $1
      sub(/\/[^\/]*$/, "", folder)
      lines[folder] += $(NF - 5); missed[folder] += $(NF - 4)
      alllines += $(NF - 5); allmissed += $(NF - 4)
    }
    function row(name, lines, missed) {
      run = lines - missed
      return sprintf("%-40s %7d %7d %7.1f %%", name, lines, run, 100 * run / lines)
    }
    END {
      if (!alllines) { print "measure-coverage.sh: llvm-cov names no file" >"/dev/stderr"; exit 1 }
      printf "\n%-40s %7s %7s %9s\n", "folder", "lines", "run", "share"
      for (folder in lines) print row(folder, lines[folder], missed[folder]) | "sort"
      close("sort")
      print row("all", alllines, allmissed)
    }'

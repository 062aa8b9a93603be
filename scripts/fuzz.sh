#!/usr/bin/env bash
# Gives the readers of files inputs that no one would write, guided by the lines that they run
# (libFuzzer): a crash, a hang or memory beyond what the input can hold is a fault.
#
#   scripts/fuzz.sh [SECONDS [READER…]]      so many seconds for each reader, 30 by default
#   FUZZ_RUNS=1000000 scripts/fuzz.sh 3600   that many executions for each, or the seconds
#
# It begins with the inputs in Tests/fuzz/Corpus/READER, which are tests of the package, too. What
# finds new lines is kept in .build-fuzz/corpus, what fails in Tests/fuzz/Crashes/READER.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

seconds=${1:-30}
shift || true
[ $# -gt 0 ] || set -- vectors text checkpoint trace recording record csv questions
export PWD

swift build --package-path Tests/fuzz --scratch-path .build-fuzz --product fuzz >.fuzz.log 2>&1 ||
  { cat .fuzz.log >&2; rm -f .fuzz.log; exit 1; }
rm -f .fuzz.log
status=0
for reader in "$@"; do
  seeds=Tests/fuzz/Corpus/$reader crashes=Tests/fuzz/Crashes/$reader
  grown=.build-fuzz/corpus/$reader log=.build-fuzz/$reader.log
  mkdir -p "$grown" "$crashes"
  if FUZZ_READER=$reader .build-fuzz/debug/fuzz -max_total_time="$seconds" \
    -runs="${FUZZ_RUNS:--1}" -timeout=10 -rss_limit_mb=2048 -malloc_limit_mb=256 -max_len=4096 \
    -artifact_prefix="$crashes/" -print_final_stats=1 "$grown" "$seeds" >"$log" 2>&1; then
    result="nothing found"
  else
    result="FAILED, see $log and $crashes" status=1
  fi
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  echo "fuzz: $reader: ${runs:-no} executions, $result"
  rmdir "$crashes" 2>/dev/null || true
done
exit "$status"

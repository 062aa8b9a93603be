#!/usr/bin/env bash
# Random training runs with what befalls programs: kills at random moments, signals, full disks,
# closed pipes. Afterwards no file is half-written, none of before is lost, and a run that was killed
# goes on to the same vectors.
#
#   scripts/soak.sh [SECONDS]   30 by default; SEED=7 chooses the draws
#
# The full disk is a small tmpfs where one may be mounted, else a limit on the size of files.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

end=$((SECONDS + ${1:-30}))
RANDOM=${SEED:-$$}
echo "soak: SEED=${SEED:-$$}"
swift build --product chapter-training >/dev/null
program=$(realpath .build/debug/chapter-training)
work=$(mktemp -d)
disk=$work/disk
mkdir "$disk"
mount -t tmpfs -o size=2m soak "$disk" 2>/dev/null && mounted=yes || mounted=
trap '[ -z "$mounted" ] || umount "$disk"; rm -rf "$work"' EXIT
cd "$work"
mkdir tmp
export TMPDIR=$work/tmp
export SWIFT_BACKTRACE=enable=no
unset WORD2VEC_DATA

fail() {
  ls -lR "$work" >&2
  echo "soak: $1" >&2
  exit 1
}

# The options of every run; one that is to be killed is started without a function, whose shell would
# get the signal.
common=(--corpus embedded --quiet --figure f.svg)
train() { "$program" "${common[@]}" "$@"; }

# A file of vectors that is whole: as many lines as its header says, and the last one ended.
whole() {
  [ ! -e "$1" ] && return
  awk 'NR == 1 { rows = $1; width = $2 + 1; next } NF != width { exit 1 }
    END { if (NR != rows + 1) exit 1 }' "$1" || fail "$1 is half-written"
  [ -z "$(tail -c 1 "$1")" ] || fail "$1 has no end"
}

# Waits until a process has become the program. Before that it is a copy of the shell that still has
# the shell's handlers, and forgets a signal that comes just before it gives them back.
begun() {
  [ -e /proc/self/exe ] || return 0
  for ((tries = 0; tries < 2000; tries++)); do
    [ "$(readlink "/proc/$1/exe")" != "$program" ] || return 0
  done
  fail "a run has not begun"
}

pause() { sleep "0.$(printf '%03d' $((RANDOM % 1000)))"; }

# The vectors that a run must come to, for each choice of options.
choices=("--epochs 1" "--epochs 2 --resample" "--epochs 2 --tab mxnet" "--epochs 3 --embed-size 20")
for i in "${!choices[@]}"; do
  # shellcheck disable=SC2086
  train ${choices[i]} --save "right-$i.vec" >/dev/null 2>&1
done

rounds=0 kills=0
while ((SECONDS < end)); do
  i=$((RANDOM % ${#choices[@]}))
  options="${choices[i]} --threads $((RANDOM % 2 + 1))"
  rounds=$((rounds + 1))
  case $((RANDOM % 5)) in
    0 | 1) # killed until it is done
      rm -f c a.vec
      for ((n = RANDOM % 4; n >= 0; n--)); do
        [ -e c ] && from="--resume c" || from="--checkpoint c"
        # shellcheck disable=SC2086
        "$program" "${common[@]}" $options $from --every $((RANDOM % 60 + 1))steps --save a.vec >/dev/null 2>&1 &
        pause
        kill -9 $! 2>/dev/null || true
        killed=0
        wait $! 2>/dev/null || killed=$?
        ((killed != 137)) || kills=$((kills + 1))
        whole a.vec
      done
      [ -e c ] && from="--resume c" || from="--checkpoint c"
      # shellcheck disable=SC2086
      train $options $from --save a.vec >/dev/null 2>err || fail "$options $from: $(tail -n 1 err)"
      cmp -s a.vec "right-$i.vec" || fail "$options $from: other vectors than without a kill"
      ;;
    2) # asked to stop: what was finished stays
      cp "right-$i.vec" a.vec
      set -m # else the shell lets what runs beside it ignore SIGINT until it has a handler
      # shellcheck disable=SC2086
      "$program" "${common[@]}" $options --epochs 500 --save a.vec >/dev/null 2>&1 &
      set +m
      begun $!
      pause
      signals=(INT TERM HUP)
      kill "-${signals[RANDOM % 3]}" $! 2>/dev/null || true
      stopped=0
      wait $! 2>/dev/null || stopped=$?
      ((stopped == 129 || stopped == 130 || stopped == 143)) ||
        fail "a run that was asked to stop ended with status $stopped"
      cmp -s a.vec "right-$i.vec" || fail "a stopped run replaced a finished one's vectors"
      for file in a-after-*.vec; do whole "$file"; done
      rm -f a-after-*
      ;;
    3) # a full disk: the vectors are there as before or as of the whole run, or somewhere else
      rm -rf "${disk:?}"/* "${TMPDIR:?}"/rescued-*
      cp right-3.vec "$disk/a.vec"
      if [ -n "$mounted" ]; then
        head -c $((RANDOM * 60)) /dev/zero >"$disk/filler" 2>/dev/null || true
        # shellcheck disable=SC2086
        train $options --save "$disk/a.vec" --checkpoint "$disk/c" --every 20steps \
          >/dev/null 2>&1 || true
      else
        # shellcheck disable=SC2086
        (ulimit -f $((RANDOM % 2000)) && trap '' XFSZ && train $options --save "$disk/a.vec" \
          --checkpoint "$disk/c" --every 20steps >/dev/null 2>&1) || true
      fi
      cmp -s "$disk/a.vec" right-3.vec || cmp -s "$disk/a.vec" "right-$i.vec" ||
        fail "a full disk left other vectors"
      if [ -n "$mounted" ]; then
        kept=$disk/a.vec
        for file in "$TMPDIR"/rescued-*/a.vec; do [ ! -e "$file" ] || kept=$file; done
        cmp -s "$kept" "right-$i.vec" || fail "a full disk cost the vectors"
      fi
      [ -z "$(find "$disk" -name '*.part')" ] || fail "a full disk left a part of a file"
      ;;
    4) # nobody listens
      rm -f a.vec
      # shellcheck disable=SC2086
      case $((RANDOM % 3)) in
        0) train $options --save a.vec 2>&1 | true || true ;;
        1) train $options --save a.vec >/dev/full 2>&1 || true ;;
        2) train $options --save a.vec >&- 2>&- || true ;;
      esac
      cmp -s a.vec "right-$i.vec" || fail "$options: a closed pipe cost the vectors"
      ;;
  esac
done
rm -f ./*.part
echo "soak: $rounds rounds with $kills kills, nothing lost${mounted:+ (full disks on a tmpfs)}"

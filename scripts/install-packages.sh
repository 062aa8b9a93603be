#!/usr/bin/env bash
# Installs those of the named Debian packages whose tool or library is not there. Asks for no
# network and no rights where none is missing.
#
#   scripts/install-packages.sh libcairo2-dev git
set -euo pipefail

missing=()
for package; do
  case $package in
    libcairo2-dev) pkg-config --exists cairo ;;
    libopenblas-dev) pkg-config --exists openblas ;;
    zlib1g-dev) pkg-config --exists zlib ;;
    *) command -v "$package" ;;
  esac >/dev/null 2>&1 || missing+=("$package")
done
((${#missing[@]})) || exit 0

fail() {
  echo "make: $1; please install ${missing[*]} ($2) and run make again" >&2
  exit 1
}

command -v apt-get >/dev/null ||
  fail "there is no apt-get here" "Debian's names; macOS: brew install cairo openblas zlib pkg-config"
apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=60)
if (($(id -u))); then
  command -v sudo >/dev/null || fail "there is no sudo here" "as root"
  apt=(sudo "${apt[@]}")
fi
echo "make: installing ${missing[*]}" >&2
{ "${apt[@]}" update &&
  "${apt[@]}" install -y --no-install-recommends "${missing[@]}" >/dev/null; } ||
  fail "apt-get could not install a package" "its words are above"

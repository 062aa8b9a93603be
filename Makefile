# `make` lists the targets. Each is enough alone: it checks the Swift toolchain and installs what the
# build needs (Debian and Ubuntu; elsewhere it says what to install).

# Where `make data` finds the Penn Treebank; any address that curl takes, file:// too.
export PTB_URL ?= http://d2l-data.s3-accelerate.amazonaws.com/ptb.zip
PTB_SHA1 := 319d85e578af0cdc590547f26231e4e31cdf1e42

# What the benchmark measured, a row for each engine: engine, group, seconds.
ENGINES := Benchmarks/results/engines.csv

SWIFT_VERSION := 6.2
PACKAGES := pkg-config libcairo2-dev libopenblas-dev git
GOLDEN_TESTS := swift test --skip-build --filter 'ChapterTests.(GoldenTests|BitsTests)'
SWIFT_FILES := Package.swift Sources Tests chapters $(wildcard Benchmarks)

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help train test bits data chapters figures book check-book html golden trace format lint
.PHONY: portable bench growth clean
.PHONY: toolchain packages build

help: # not listed
	@echo "Usage: make TARGET"
	@sed -n 's/^\([a-z-]*\):.*## /\1 /p' Makefile | \
	  while read -r target what; do printf '  %-10s %s\n' "$$target" "$$what"; done

train: toolchain packages ## train on the Penn Treebank, or offline on the embedded corpus
	@$(call run,FETCH,train) || true # being offline is no error
	swift run chapter-training

compare: toolchain packages ## train once (SEED=7: with that seed): is it in the expected ranges?
	swift run chapter-exercises --compare $(if $(SEED),--seed $(SEED))

test: toolchain packages ## build, and run every test
	swift test

bits: toolchain packages ## build for each level of this processor, and compare the vectors' bytes
	Tests/bits/check.sh

data: ## fetch the Penn Treebank into data/ptb, or into $WORD2VEC_DATA
	@$(call run,FETCH,data)

chapters: build ## run every chapter, in the order of the document
	@set -e; for folder in chapters/[0-9]*-*/; do \
	  name=$${folder#chapters/*-}; echo; echo "== chapter-$${name%/}"; \
	  swift run --skip-build "chapter-$${name%/}"; \
	done

figures: build ## draw the figures anew; with the Penn Treebank this takes minutes
	@set -e; for name in dataset bce-loss training similar-tokens exercises; do \
	  swift run --skip-build "chapter-$$name" >/dev/null; \
	done; \
	if [ -f $(ENGINES) ]; then swift run --skip-build chapter-exercises --engines $(ENGINES); fi

book: build ## weave the chapters and what they print into pages
	swift run --skip-build weave

check-book: build ## print how the pages differ from what the chapters say now
	swift run --skip-build weave --check

html: build ## make one page of the book, book/word2vec.html, and look at it in Chromium
	@$(call run,INSTALL,pandoc)
	swift run --skip-build weave --html
	Tests/html/check.sh

golden: toolchain packages ## record the chapters' expected output anew, and show what changed
	swift build --build-tests
	@echo "Recording; a recording counts as a failed test, so the second run is the one that counts."
	@GOLDEN=record $(GOLDEN_TESTS) >/dev/null 2>&1 || true
	$(GOLDEN_TESTS)
	@git --no-pager diff --stat -- Tests/ChapterTests/Golden

trace: toolchain packages ## hold a run against REFERENCE=FILE, the original's trace of the same seed
	@[ -n "$(REFERENCE)" ] || { echo "make trace: name the trace to run against, such as" \
	  "REFERENCE=Tests/D2LTests/Fixtures/trace-0.json" >&2; exit 1; }
	swift run chapter-training --compare "$(REFERENCE)"

format: toolchain ## lay the Swift files out
	swift format format -i -r $(SWIFT_FILES)

lint: toolchain ## check the layout and the documentation of the Swift files
	swift format lint --strict -r $(SWIFT_FILES)

portable: toolchain packages ## build a release that runs on any x86-64-v2 or arm64 machine
	$(if $(filter x86_64,$(shell uname -m)),WORD2VEC_MARCH=x86-64-v2) \
	  swift build -c release --scratch-path .build-portable
	@echo "The programs are in .build-portable/release."

bench: toolchain packages ## time this package beside PyTorch, gensim, word2vec.c; BENCH=options
	@$(call run,FETCH,data)
	Benchmarks/peers/setup.sh
	$${PEERS_PYTHON:-Benchmarks/.venv/bin/python} Benchmarks/compare.py $(BENCH)

growth: toolchain packages ## measure and draw how time grows with tokens, width, words, threads
	Benchmarks/peers/setup.sh
	$${PEERS_PYTHON:-Benchmarks/.venv/bin/python} Benchmarks/growth.py $(BENCH)
	swift run --package-path Benchmarks growth-figure

clean: ## remove what was built; data, vectors and figures stay
	rm -rf .build .build-portable .build-bits Benchmarks/.build

# Steps that the targets share

build: toolchain packages
	swift build

toolchain:
	@$(call run,CHECK_SWIFT,$(SWIFT_VERSION))

packages:
	@$(call run,INSTALL,$(PACKAGES))

# The scripts behind the steps: $(call run,SCRIPT,arguments)

run = sh -c "$$$(1)" make $(2)

# Is there a Swift toolchain, and is it new enough?
define CHECK_SWIFT
wanted=$$1
fail() {
  echo "make: $$1; install Swift $$wanted or newer from https://www.swift.org/install" >&2
  exit 1
}
command -v swift >/dev/null || fail "no Swift toolchain on the PATH"
says=$$(swift --version 2>&1)
found=$$(echo "$$says" | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p')
[ -n "$$found" ] || fail "swift --version says no version but \"$$says\""
[ "$${found%.*}" -gt "$${wanted%.*}" ] ||
  { [ "$${found%.*}" -eq "$${wanted%.*}" ] && [ "$${found#*.}" -ge "$${wanted#*.}" ]; } ||
  fail "Swift $$found is too old"
endef

# Install those of the named Debian packages whose tool or library is not there.
define INSTALL
missing=
for package; do
  case $$package in
    libcairo2-dev) pkg-config --exists cairo ;;
    libopenblas-dev) pkg-config --exists openblas ;;
    *) command -v "$$package" ;;
  esac >/dev/null 2>&1 || missing="$$missing $$package"
done
[ -n "$$missing" ] || exit 0
fail() { echo "make: $$1; please install$$missing ($$2) and run make again" >&2; exit 1; }
command -v apt-get >/dev/null ||
  fail "there is no apt-get here" "Debian's names; macOS: brew install cairo openblas pkg-config"
root=
[ "$$(id -u)" -eq 0 ] || root=sudo
[ -z "$$root" ] || command -v sudo >/dev/null || fail "there is no sudo here" "as root"
echo "make: installing$$missing" >&2
apt="$$root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=60"
$$apt update && $$apt install -y --no-install-recommends $$missing >/dev/null ||
  fail "apt-get could not install a package" "its words are above"
endef

# Fetch the Penn Treebank. A file is written beside its place and renamed when it is whole, so that
# an interrupted run leaves nothing that looks like data.
define FETCH
target=$$1 folder=$${WORD2VEC_DATA:-data/ptb} then=
[ "$$target" = data ] || then="; going on without the Penn Treebank"
fail() { echo "make $$target: $$1$$then" >&2; exit 1; }
absent=
for part in test valid train; do
  [ -s "$$folder/ptb.$$part.txt" ] || absent="$$absent $$part"
done
[ -n "$$absent" ] || { echo "make $$target: the Penn Treebank is in $$folder" >&2; exit 0; }

sh -c "$$INSTALL" make curl unzip || fail "curl and unzip are needed to fetch the data"
download=$$(mktemp -d) || fail "no temporary folder can be made"
trap 'rm -rf "$$download" "$$folder"/.ptb.*.$$$$' EXIT
trap 'exit 130' HUP INT TERM
zip=$$download/ptb.zip
reason=$$(curl --silent --show-error --fail --location --connect-timeout 5 \
  --speed-limit 1000 --speed-time 20 --output "$$zip" "$$PTB_URL" 2>&1) ||
  fail "$$PTB_URL cannot be fetched ($${reason#curl: (*) })"
sum=$$({ sha1sum || shasum; } 2>/dev/null <"$$zip")
[ "$${sum%% *}" = $(PTB_SHA1) ] ||
  fail "$$PTB_URL has the SHA-1 $${sum%% *} instead of $(PTB_SHA1) and was thrown away"

mkdir -p "$$folder" 2>/dev/null || fail "$$folder cannot be made"
for part in $$absent; do
  whole=$$folder/ptb.$$part.txt beside=$$folder/.ptb.$$part.$$$$
  unzip -p "$$zip" "ptb/ptb.$$part.txt" >"$$beside" && mv "$$beside" "$$whole" ||
    fail "$$whole cannot be written"
done
echo "make $$target: the Penn Treebank is now in $$folder" >&2
endef

export CHECK_SWIFT INSTALL FETCH

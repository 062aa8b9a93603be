# `make` lists the targets. Each is enough alone: it checks the Swift toolchain and installs what
# the build needs (Debian and Ubuntu; elsewhere it says what to install). What takes more than a
# line is in scripts/.

SWIFT_VERSION := 6.2
PACKAGES := pkg-config libcairo2-dev libopenblas-dev zlib1g-dev git
SWIFT_FILES := Package.swift Sources Tests chapters $(wildcard Benchmarks)
# Package.swift looks at it, and `make -C` does not set it.
export PWD := $(CURDIR)
PREFIX ?= /usr/local
PEERS_PYTHON ?= Benchmarks/.venv/bin/python
TEXT ?= $(wildcard Benchmarks/.text/text.txt)

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help install peers-test docs train compare test coverage bits deep fuzz soak outside data
.PHONY: chapters figures
.PHONY: book check-book html explore
.PHONY: golden trace format lint portable bench bench-text growth clean
.PHONY: toolchain packages build

help: # not listed
	@echo "Usage: make TARGET"
	@sed -n 's/^\([a-z-]*\):.*## /\1 /p' Makefile | \
	  while read -r target what; do printf '  %-10s %s\n' "$$target" "$$what"; done

train: toolchain packages ## train on the Penn Treebank, or offline on the embedded corpus
	@scripts/fetch-data.sh train || true # being offline is no error
	swift run chapter-training

compare: toolchain packages ## train once (SEED=7, TAB=mxnet): is it in the expected ranges?
	swift run chapter-exercises --compare $(if $(SEED),--seed $(SEED)) $(if $(TAB),--tab $(TAB))

test: toolchain packages ## build, and run every test
	swift test

coverage: toolchain packages ## run every test; print the lines they run, by folder
	scripts/measure-coverage.sh

bits: toolchain packages ## build for each level of this processor, and compare the vectors' bytes
	scripts/check-bits.sh

deep: toolchain packages ## run the tests under the sanitizers, then fuzz and soak: hours
	scripts/check-memory.sh
	scripts/fuzz.sh $(or $(SECONDS),60)
	scripts/soak.sh $(or $(SECONDS),600)

fuzz: toolchain packages ## give the readers of files what no one would write; SECONDS=60 for each
	scripts/fuzz.sh $(or $(SECONDS),60)

soak: toolchain packages ## train with kills, full disks and closed pipes; SECONDS=600
	scripts/soak.sh $(or $(SECONDS),600)

outside: toolchain packages ## build and run a package that depends on this one
	scripts/check-outside.sh

peers-test: toolchain packages ## exchange vectors with gensim and numpy from PyPI, both ways
	scripts/test-peers.sh

docs: toolchain packages ## make pages of the library's documentation, book/library
	scripts/make-docs.sh

install: toolchain packages ## install word2vec, its manual page, completions: PREFIX=/usr/local
	scripts/install.sh "$(PREFIX)"

data: ## fetch the Penn Treebank into data/ptb, or into $WORD2VEC_DATA
	@scripts/fetch-data.sh data

chapters: build ## run every chapter, in the order of the document
	@scripts/run-chapters.sh

figures: build ## draw the figures anew; with the Penn Treebank this takes minutes
	@scripts/draw-figures.sh

book: build ## weave the chapters and what they print into pages
	swift run --skip-build weave

check-book: build ## print how the pages differ from what the chapters say now
	swift run --skip-build weave --check

html: build ## make one page of the book, book/word2vec.html, and look at it in Chromium
	@scripts/install-packages.sh pandoc
	swift run --skip-build weave --html
	scripts/check-html.sh

explore: build ## make a page to look around in the vectors, book/explore.html, and walk through it
	@mkdir -p book
	swift run --skip-build chapter-similar-tokens --explore book/explore.html
	scripts/check-explore.sh

golden: toolchain packages ## record the chapters' expected output anew, and show what changed
	scripts/record-golden.sh

trace: toolchain packages ## hold a run against REFERENCE=FILE, the original's trace of that seed
	@[ -n "$(REFERENCE)" ] || { echo "make trace: name the trace to run against, such as" \
	  "REFERENCE=Tests/D2LTests/Fixtures/trace-0.json" >&2; exit 1; }
	swift run chapter-training --compare "$(REFERENCE)"

format: toolchain ## lay the Swift files out
	swift format format -i -r $(SWIFT_FILES)

lint: toolchain ## check the Swift files' layout and documentation, and the scripts
	swift format lint --strict -r $(SWIFT_FILES)
	@scripts/lint-scripts.sh

portable: toolchain packages ## build a release that runs on any x86-64-v2 or arm64 machine
	$(if $(filter x86_64,$(shell uname -m)),WORD2VEC_MARCH=x86-64-v2) \
	  swift build -c release --scratch-path .build-portable
	@echo "The programs are in .build-portable/release."

bench: toolchain packages ## time this package beside its peers; TEXT=FILE, EVAL=FOLDER, BENCH=options
	@scripts/fetch-data.sh data
	Benchmarks/peers/setup.sh
	Benchmarks/peers/setup_mxnet.sh || true # without it the MXNet program is not measured
	"$(PEERS_PYTHON)" Benchmarks/compare.py $(if $(TEXT),--text "$(TEXT)") \
	  $(if $(EVAL),--eval "$(EVAL)") $(BENCH)

bench-text: ## make a large text from Debian's packages, the TEXT that bench takes
	Benchmarks/real_text.py Benchmarks/.text/text.txt

growth: toolchain packages ## measure and draw how time grows with tokens, dimension, words, threads
	Benchmarks/peers/setup.sh
	"$(PEERS_PYTHON)" Benchmarks/growth.py $(BENCH)
	swift run --package-path Benchmarks growth-figure

clean: ## remove what was built; data, vectors and figures stay
	rm -rf .build .build-* Benchmarks/.build

# Steps that the targets share

build: toolchain packages
	swift build

toolchain:
	@scripts/check-swift.sh $(SWIFT_VERSION)

packages:
	@scripts/install-packages.sh $(PACKAGES)

#!/usr/bin/env python3
"""How time and memory grow with tokens, dimension, threads and vocabulary, as CSV.

    Benchmarks/.venv/bin/python Benchmarks/growth.py

One axis is changed at a time, from 1,000,000 tokens of a Zipf text, vectors of 100, 2 threads; one
epoch of each. The columns:

    axis            tokens, width, threads, vocabulary or processors
    value           the place on that axis
    program         who ran
    what            epoch: training, per epoch; data: before it; whole: both; step: a minibatch
    seconds         the median over the rounds
    peak_megabytes  the largest resident set, where it was measured

The lines by vocabulary are steps measured by the Swift kernels: from the vocabulary of --data up on
the same minibatches, with a table of that many rows; below it on the text cut to so many words.
Those by processors are computed: the pieces of a step of 4,096 examples that share noise words, each
measured on one thread, are dealt out to so many (Tests/Word2VecTests/ManyThreadsTests.swift).
"""

import argparse
import csv
import os
import pathlib
import subprocess
import sys
import tempfile

import compare
import contestants
import measure
import zipf

HERE = pathlib.Path(__file__).resolve().parent
COLUMNS = ["axis", "value", "program", "what", "seconds", "peak_megabytes"]
WORDS = 50_000  # of the generated text; the rarer half falls under the minimum frequency


def parse_arguments():
    parser = argparse.ArgumentParser(description="How time and memory grow, as CSV.")
    parser.add_argument("--data", default=compare.PENN, help="the text of the steps by vocabulary")
    parser.add_argument("--tokens", type=int, nargs="*",
                        default=[100_000, 300_000, 1_000_000, 3_000_000, 10_000_000])
    parser.add_argument("--widths", type=int, nargs="*", default=[50, 100, 150, 200, 250, 300])
    parser.add_argument("--threads", type=int, nargs="*", help="default: 1, 2, 4 … to all cores")
    parser.add_argument("--programs", nargs="+", default=["fused", "gensim"],
                        choices=["fused", "reference", "gensim", "word2vec.c"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--chapter", help="a chapter-training to use instead of building it")
    parser.add_argument("--kernels", help="a kernels program to use instead of building it")
    parser.add_argument("--no-vocabulary", action="store_true", help="leave the Swift kernels out")
    parser.add_argument("--no-processors", action="store_true",
                        help="leave the computed lines out")
    parser.add_argument("--output", default=HERE / "growth.csv")
    options = parser.parse_args()
    if options.threads is None:
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") \
            else os.cpu_count()
        options.threads = [n for n in (1, 2, 4, 8, 16, 32, 64, 128) if n <= cores]
    return options


def text(scratch, tokens):
    """The generated text of that many tokens, made when it is first asked for."""
    path = scratch / f"zipf-{WORDS}-{tokens}.txt"
    if not path.exists():
        measure.say(f"writing {path.name}")
        zipf.write(path, tokens, WORDS)
    return path


def start(program, setting, chapter, data, width, threads):
    """One epoch of one program."""
    if program == "gensim":
        return contestants.gensim(setting, 1, threads=threads, data=data, size=width)
    if program == "word2vec.c":
        return contestants.word2vec_c(setting, 1, threads=threads, data=data, size=width)
    return contestants.own(
        setting, chapter, 1, threads=threads, data=data,
        options=["--engine", program, "--embed-size", width])


def places(options):
    """(axis, value, tokens, width, threads) of every place that is measured."""
    yield from (("tokens", n, n, 100, 2) for n in options.tokens)
    yield from (("width", d, 1_000_000, d, 2) for d in options.widths)
    yield from (("threads", n, 1_000_000, 100, n) for n in options.threads)


def runs(options, setting, chapter):
    """The rows of the axes that are measured by whole runs."""
    for axis, value, tokens, width, threads in places(options):
        data = text(setting.scratch, tokens)
        found = {program: [] for program in options.programs}
        for _ in range(options.rounds):
            for program in options.programs:
                found[program].append(start(program, setting, chapter, data, width, threads))
        for program, results in found.items():
            peak = measure.median([r["peak_megabytes"] for r in results])
            for what, key in (("epoch", "train_seconds"), ("data", "data_seconds"),
                              ("whole", "whole_seconds")):
                if (seconds := measure.median([r.get(key) for r in results])) is not None:
                    yield [axis, value, program, what, f"{seconds:.6g}", f"{peak:.1f}"]


def steps(setting, binary, rounds):
    """The rows by vocabulary: one step on the same minibatch."""
    found = {}
    for _ in range(rounds):
        for m in contestants.kernels(setting, binary, ["step"]):
            if m["kernel"].startswith("step") and m["sizes"].get("threads") == 2:
                key = (m["sizes"]["vocabulary"], m["kernel"])
                found.setdefault(key, []).append(m["seconds"])
    for (vocabulary, kernel), seconds in sorted(found.items()):
        program = {"step": "fused", "step-reference": "reference"}.get(kernel, kernel)
        yield ["vocabulary", vocabulary, program, "step", f"{measure.median(seconds):.6g}", ""]


def processors():
    """The rows by processors: how a step would be shared by more of them than there are here."""
    with tempfile.TemporaryDirectory() as folder:
        table = pathlib.Path(folder) / "processors.csv"
        subprocess.run(
            ["swift", "test", "--package-path", compare.ROOT, "--filter", "ManyThreadsTests"],
            env={**os.environ, "WORD2VEC_PROCESSORS": str(table)}, stdout=sys.stderr, check=True)
        with open(table, encoding="utf-8", newline="") as file:
            for line in csv.DictReader(file):
                yield ["processors", line["processors"], "fused", "step", line["seconds"], ""]


def main():
    options = parse_arguments()
    setting = contestants.Setting(options.data, HERE / ".venv/scratch", None, None)
    chapter = None
    if {"fused", "reference"} & set(options.programs):
        chapter = options.chapter or compare.build(
            compare.ROOT, "chapter-training", "release")
    rows = list(runs(options, setting, chapter))
    if not options.no_vocabulary:
        kernels = options.kernels or compare.build(HERE, "kernels", "release")
        rows += steps(setting, kernels, options.rounds)
    if not options.no_processors:
        rows += processors()
    output = pathlib.Path(options.output)
    part = output.with_name(output.name + ".part")
    with open(part, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([COLUMNS, *rows])
    part.replace(output)
    sys.stdout.write(output.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()

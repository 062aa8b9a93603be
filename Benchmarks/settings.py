#!/usr/bin/env python3
"""What settings of `word2vec train` come to: seconds, and the scores of the vectors.

    swift build -c release --product word2vec
    python3 Benchmarks/settings.py TEXT SET[,SET…] '--epochs 2 --lr 0.004' '--epochs 1' …

A set is one that `word2vec evaluate` takes: pairs (Spearman) or analogies (accuracy).
"""
import json
import pathlib
import subprocess
import sys
import tempfile

PROGRAM = pathlib.Path(__file__).parent.parent / ".build/release/word2vec"


def answer(*arguments):
    """The last line that the program prints, as JSON."""
    run = subprocess.run([PROGRAM, *arguments, "--json"], stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(run.stdout.splitlines()[-1])


def main():
    text, sets, *settings = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        vectors = str(pathlib.Path(folder) / "vectors.vec")
        for options in settings:
            run = answer("train", text, "-o", vectors, "--quiet", *options.split())
            scores = [answer("evaluate", vectors, name) for name in sets.split(",")]
            values = [s.get("spearman", s.get("accuracy")) for s in scores]
            print(f"{options or 'none given'}: {run['train_seconds']:.1f} s", end="")
            print(*[f", {v:.3f}" for v in values], sep="", flush=True)


if __name__ == "__main__":
    main()

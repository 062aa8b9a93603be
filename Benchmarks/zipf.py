#!/usr/bin/env python3
"""Writes a text of any size whose words follow Zipf's law, for measuring growth.

    zipf.py --tokens 1000000 --vocabulary 10000 zipf-1m.txt

Word r is drawn with a probability that falls as 1/r; sentences have 5 to 35 words. The same
arguments give the same bytes. The words mean nothing: only speed can be measured with it. Needs
numpy.
"""

import argparse
import pathlib

import numpy


def write(path, tokens, vocabulary, exponent=1.0, seed=1):
    """Writes `tokens` words drawn from `vocabulary` of them to `path`, whole or not at all."""
    random = numpy.random.Generator(numpy.random.PCG64(seed))
    weights = 1.0 / numpy.arange(1, vocabulary + 1) ** exponent
    cumulative = numpy.cumsum(weights / weights.sum())
    names = numpy.array([f"w{i}" for i in range(vocabulary)], dtype=object)
    path = pathlib.Path(path)
    part = path.with_name(path.name + ".part")
    with open(part, "w", encoding="ascii") as file:
        left = tokens
        while left > 0:
            count = min(left, 1_000_000)
            drawn = numpy.searchsorted(cumulative, random.random(count), side="right")
            words = names[numpy.minimum(drawn, vocabulary - 1)]
            start = 0
            while start < count:
                end = start + int(random.integers(5, 36))
                file.write(" ".join(words[start:end]) + "\n")
                start = end
            left -= count
    part.replace(path)


def main():
    parser = argparse.ArgumentParser(description="A text by Zipf's law.")
    parser.add_argument("path")
    parser.add_argument("--tokens", type=int, required=True)
    parser.add_argument("--vocabulary", type=int, default=10_000)
    parser.add_argument("--exponent", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write(options.path, options.tokens, options.vocabulary, options.exponent, options.seed)


if __name__ == "__main__":
    main()

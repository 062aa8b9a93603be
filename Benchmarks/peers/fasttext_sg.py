"""fastText's skip-gram without sub-words, with the settings of the real text, timed.

The last line of the output is a JSON object. Its seconds are those of one call, which reads, counts
and trains; fastText has no clock for training alone. Its rate of 0.05 is its default.
"""

import argparse
import importlib.metadata
import json
import time

import fasttext
import numpy


def version():
    """The version of the package, which has one of two names on PyPI."""
    for name in ("fasttext-wheel", "fasttext"):
        try:
            return importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            pass
    return ""


def save(model, path):
    """The words and their vectors in word2vec's binary form."""
    matrix = model.get_input_matrix().astype(numpy.float32, copy=False)
    with open(path, "wb") as file:
        file.write(f"{len(model.words)} {matrix.shape[1]}\n".encode())
        for word, vector in zip(model.words, matrix):
            file.write(word.encode() + b" " + vector.tobytes())


def main():
    parser = argparse.ArgumentParser(description="fastText's skip-gram, timed.")
    parser.add_argument("--data", required=True, help="the text, a sentence a line")
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--size", type=int, default=100)
    parser.add_argument("--min-count", type=int, default=10)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--save", help="write the vectors in word2vec's binary form")
    options = parser.parse_args()
    start = time.perf_counter()
    model = fasttext.train_unsupervised(
        options.data, model="skipgram", dim=options.size, ws=5, neg=5, loss="ns", t=1e-4, lr=0.05,
        minn=0, maxn=0, minCount=options.min_count, epoch=options.epochs, thread=options.threads,
        verbose=0)
    wall = time.perf_counter() - start
    if options.save:
        save(model, options.save)
    print(json.dumps({"program": f"fastText {version()}".strip(), "wall_seconds": wall}))


if __name__ == "__main__":
    main()

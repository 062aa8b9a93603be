"""What gensim takes for a file of vectors: loading, single questions, analogies.

    gensim_vectors.py FOLDER [--words 400000] [--dimension 300] [--questions 200]

Writes vectors of random numbers to FOLDER first, where there are none, for `kernels --vectors FOLDER`
to be timed on the same. The last line is JSON: seconds by the kernels' names.
"""

import argparse
import json
import logging
import pathlib
import statistics
import time

import numpy as np
from gensim.models import KeyedVectors


def write(folder, words, dimension, questions):
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(7)
    matrix = random.standard_normal((words, dimension), dtype=np.float32)
    names = [f"word{i}" for i in range(words)]
    header = f"{words} {dimension}\n"
    with open(folder / "vectors.bin", "wb") as file:
        file.write(header.encode())
        for name, row in zip(names, matrix):
            file.write(name.encode() + b" " + row.tobytes())
    with open(folder / "vectors.vec", "w", encoding="utf-8") as file:
        file.write(header)
        for name, row in zip(names, matrix):
            file.write(name + " " + " ".join(f"{value:.6f}" for value in row.tolist()) + "\n")
    with open(folder / "analogies.txt", "w", encoding="utf-8") as file:
        file.write(": random\n")
        for row in random.integers(0, words, (questions, 4)):
            file.write(" ".join(names[i] for i in row) + "\n")


def seconds(call):
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def main():
    logging.disable(logging.CRITICAL)
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--words", type=int, default=400_000)
    parser.add_argument("--dimension", type=int, default=300)
    parser.add_argument("--questions", type=int, default=200)
    options = parser.parse_args()
    if not (options.folder / "analogies.txt").exists():
        write(options.folder, options.words, options.dimension, options.questions)
    text, binary = (str(options.folder / name) for name in ("vectors.vec", "vectors.bin"))
    found = {"load text": seconds(lambda: KeyedVectors.load_word2vec_format(text))}
    vectors = KeyedVectors.load_word2vec_format(binary, binary=True)
    found["load binary"] = seconds(lambda: KeyedVectors.load_word2vec_format(binary, binary=True))
    words = [vectors.index_to_key[i * 7919 % len(vectors)] for i in range(20)]
    vectors.most_similar(words[0])
    found["similar"] = statistics.median(
        seconds(lambda word=word: vectors.most_similar(word)) for word in words)
    found["analogies"] = seconds(
        lambda: vectors.evaluate_word_analogies(str(options.folder / "analogies.txt")))
    print(json.dumps(found))


if __name__ == "__main__":
    main()

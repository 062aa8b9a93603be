"""What gensim takes for a file of vectors: loading, single questions, analogies.

    gensim_vectors.py FOLDER [--words 400000] [--dimension 300] [--questions 200]
        [--analogies questions-words.txt]

Writes vectors of random numbers to FOLDER first, where there are none, for `kernels --vectors FOLDER`
to be timed on the same. The last line is JSON: seconds by the kernels' names. With a set of analogies
also what gensim takes to load and score named.bin, vectors of that set's words and others.
"""

import argparse
import json
import logging
import pathlib
import statistics
import time

import numpy as np
from gensim.models import KeyedVectors


def write_binary(path, names, matrix):
    with open(path, "wb") as file:
        file.write(f"{len(names)} {matrix.shape[1]}\n".encode())
        for name, row in zip(names, matrix):
            file.write(name.encode() + b" " + row.tobytes())


def write_named(path, analogies, count=50_000, dimension=100):
    lines = pathlib.Path(analogies).read_text(encoding="utf-8").splitlines()
    words = [word for line in lines if not line.startswith(":") for word in line.split()]
    names = list(dict.fromkeys(words + [f"word{i}" for i in range(count)]))[:count]
    random = np.random.default_rng(8)
    write_binary(path, names, random.standard_normal((count, dimension), dtype=np.float32))


def write(folder, words, dimension, questions):
    random = np.random.default_rng(7)
    matrix = random.standard_normal((words, dimension), dtype=np.float32)
    names = [f"word{i}" for i in range(words)]
    header = f"{words} {dimension}\n"
    write_binary(folder / "vectors.bin", names, matrix)
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
    parser.add_argument("--analogies", help="Google's questions-words.txt")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
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
    if options.analogies:
        named = options.folder / "named.bin"
        if not named.exists():
            write_named(named, options.analogies)
        found["evaluate"] = seconds(
            lambda: KeyedVectors.load_word2vec_format(
                str(named), binary=True).evaluate_word_analogies(options.analogies))
    print(json.dumps(found))


if __name__ == "__main__":
    main()

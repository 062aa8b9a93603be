"""Vectors to and from the programs that people use, by these programs themselves.

    python peers_test.py PATH-OF-word2vec [FOLDER-OF-TEST-SETS]

gensim reads what word2vec writes, word2vec what gensim writes and what word2vec.c, fastText and GloVe
would; numpy reads and writes the arrays. Numbers are compared to the last bit, but where gensim's text
rounds them. The scores of test sets are gensim's to 1e-6.
"""

import gzip
import json
import os
import struct
import subprocess
import sys
import tempfile

import numpy as np
from gensim.models import KeyedVectors

PROGRAM = os.path.abspath(sys.argv[1])
SETS = os.path.abspath(sys.argv[2]) if len(sys.argv) > 2 else None
WORDS = ["the", "The", "café", "東京", "-lrb-", "#", "naïve", "king", "queen", "man", "woman"]
passed = failed = 0


def check(what, good, detail=""):
    global passed, failed
    passed, failed = passed + bool(good), failed + (not good)
    if not good:
        print(f"FAILED: {what} {detail}")


def word2vec(*arguments):
    done = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"word2vec {' '.join(arguments)}: {done.stderr}")
    return done.stdout


def answer(*arguments):
    return json.loads(word2vec(arguments[0], "--json", *arguments[1:]))


def same(what, vectors, words, matrix, exact=True):
    check(f"{what}: words", list(vectors.index_to_key) == words)
    equal = vectors.vectors.view(np.uint32) == matrix.view(np.uint32)
    close = np.allclose(vectors.vectors, matrix, rtol=2e-6, atol=1e-7)
    check(f"{what}: numbers", equal.all() if exact else close)


def read_by_gensim(name):
    binary = ".bin" in name
    return KeyedVectors.load_word2vec_format(name, binary=binary, no_header="glove" in name)


def formats(words, matrix):
    """Every format, written by word2vec and read by its client, and the other way round."""
    count, d = matrix.shape
    with open("c.bin", "wb") as file:  # as word2vec.c writes it: a line feed behind each row
        file.write(f"{count} {d}\n".encode())
        for word, row in zip(words, matrix):
            file.write(word.encode() + b" " + row.astype("<f4").tobytes() + b"\n")
    with open("fasttext.vec", "w", encoding="utf-8") as file:  # a space ends each row
        file.write(f"{count} {d}\n")
        for word, row in zip(words, matrix):
            file.write(word + " " + "".join(f"{value:.9g} " for value in row) + "\n")
    with open("glove.txt", "w", encoding="utf-8") as file:
        for word, row in zip(words, matrix):
            file.write(word + " " + " ".join(f"{value:.9g}" for value in row) + "\n")
    vectors = KeyedVectors(d)
    vectors.add_vectors(words, matrix)
    vectors.save_word2vec_format("gensim.bin", binary=True)
    vectors.save_word2vec_format("gensim.vec", binary=False)
    np.save("numpy.npy", matrix)
    np.save("double.npy", matrix.astype(np.float64))
    for name in ["numpy", "double"]:
        with open(f"{name}.words.txt", "w", encoding="utf-8") as file:
            file.write("".join(word + "\n" for word in words))
    for name in ["c.bin", "fasttext.vec", "glove.txt"]:
        with open(name, "rb") as file, gzip.open(name + ".gz", "wb") as packed:
            packed.write(file.read())

    sources = ["c.bin", "fasttext.vec", "glove.txt", "gensim.bin", "gensim.vec", "numpy.npy",
               "double.npy", "c.bin.gz", "fasttext.vec.gz", "glove.txt.gz"]
    for source in sources:
        info = answer("info", source)
        check(f"{source}: sizes", (info["words"], info["dimension"]) == (count, d), info)
        order = info["first"]
        for target in ["out.bin", "out.vec", "out.vec.gz", "out.bin.gz", "out.glove"]:
            extra = ["--format", "glove"] if target == "out.glove" else []
            word2vec("convert", source, target, *extra)
            read = read_by_gensim(target)
            expected = matrix[[words.index(word) for word in read.index_to_key]]
            same(f"{source} to {target}", read, list(read.index_to_key), expected,
                 exact=source != "gensim.vec")
            check(f"{source} to {target}: order", read.index_to_key[:len(order)] == order)
        word2vec("convert", source, "out.npy")
        array = np.load("out.npy")
        with open("out.words.txt", encoding="utf-8") as file:
            listed = file.read().split("\n")[:-1]
        expected = matrix[[words.index(word) for word in listed]]
        check(f"{source} to out.npy: numbers", np.allclose(array, expected, rtol=2e-6, atol=1e-7))
        check(f"{source} to out.npy: kind", array.dtype == np.float32 and array.shape == (count, d))
        mapped = np.load("out.npy", mmap_mode="r")
        check(f"{source} to out.npy: mapped", (mapped == array).all())
        if source != "gensim.vec":
            check(f"{source} to out.npy: bits", (array.view(np.uint32) == expected.view(np.uint32)).all())
        word2vec("convert", "out.npy", "out.tsv")
        table = np.loadtxt("out.tsv", delimiter="\t", dtype=np.float32, ndmin=2, comments=None)
        check(f"{source} to out.tsv: numbers", (table == array).all())
        with open("out.metadata.tsv", encoding="utf-8") as file:
            check(f"{source} to out.tsv: words", file.read().split("\n")[:-1] == listed)
    # What numpy itself would have written.
    word2vec("convert", "numpy.npy", "again.npy")
    np.save("expected.npy", np.load("again.npy"))
    check("again.npy: numbers begin at a multiple of 64 bytes", header_end("again.npy") % 64 == 0)


def header_end(name):
    with open(name, "rb") as file:
        return 10 + struct.unpack("<H", file.read(10)[8:])[0]


def questions(words, matrix):
    vectors = KeyedVectors(matrix.shape[1])
    vectors.add_vectors(words, matrix)
    vectors.save_word2vec_format("q.bin", binary=True)
    vectors = KeyedVectors.load_word2vec_format("q.bin", binary=True)
    words = vectors.index_to_key
    for positive, negative in [([words[3]], []), ([words[5], words[9]], [words[7]])]:
        extra = [option for word in negative for option in ("--negative", word)]
        ours = answer("similar", "q.bin", *extra, "--k", "20", "--", *positive)["neighbours"]
        theirs = vectors.most_similar(positive=positive, negative=negative, topn=20)
        check("similar: words", [near["word"] for near in ours] == [near[0] for near in theirs])
        check("similar: cosines", np.allclose([near["cosine"] for near in ours],
                                              [near[1] for near in theirs], atol=1e-6))
    some = words[10:16]
    check("doesnt-match", answer("doesnt-match", "q.bin", *some)["word"] == vectors.doesnt_match(some))
    check("similarity", abs(answer("similarity", "q.bin", *some[:2])["cosine"]
                            - vectors.similarity(*some[:2])) < 1e-6)


def evaluation(name, pairs, analogies):
    vectors = KeyedVectors.load_word2vec_format(name)
    pearson, spearman, missing = vectors.evaluate_word_pairs(pairs)
    ours = answer("evaluate", name, pairs)
    for label, theirs in [("pearson", pearson), ("spearman", spearman)]:
        check(f"{name}: {label}", abs(ours[label] - theirs[0]) < 1e-6, f"{ours[label]} {theirs[0]}")
    share = 100 * ours["missing"] / (ours["pairs"] + ours["missing"])
    check(f"{name}: missing pairs", abs(share - missing) < 1e-9, f"{share} {missing}")
    score, sections = vectors.evaluate_word_analogies(analogies)
    ours = answer("evaluate", name, analogies)
    check(f"{name}: accuracy", abs(ours["accuracy"] - score) < 1e-6, f"{ours['accuracy']} {score}")
    for mine, theirs in zip(ours["sections"], sections):
        counts = (len(theirs["correct"]), len(theirs["correct"]) + len(theirs["incorrect"]))
        check(f"{name}: {mine['section']}", (mine["correct"], mine["questions"]) == counts,
              f"{mine} {counts}")


def small_sets(words, random):
    with open("pairs.tsv", "w", encoding="utf-8") as file:
        file.write("# word\tword\tjudged\n")
        for _ in range(120):
            a, b = random.choice(len(words), 2, replace=False)
            file.write(f"{words[a].upper()}\t{words[b]}\t{random.integers(0, 11)}\n")
        file.write("absent\tthe\t1\n")
    with open("analogies.txt", "w", encoding="utf-8") as file:
        for section in range(3):
            file.write(f": section {section}\n")
            for _ in range(60):
                some = random.choice(len(words), 3, replace=False)
                file.write(" ".join(words[i] for i in some) + f" {words[some[2]]}s\n")
            file.write("the absent king queen\n")


def main():
    random = np.random.default_rng(7)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        matrix = random.standard_normal((len(WORDS), 7)).astype(np.float32)
        matrix[0, :4] = [1e-30, -0.0, 3.4028235e38, 1 / 3]
        formats(WORDS, matrix)
        # Pairs of near vectors, so that analogies have right answers.
        stems = [f"word{i}" for i in range(200)]
        words = [name for stem in stems for name in (stem, stem + "s")]
        base = np.repeat(random.standard_normal((200, 20)), 2, axis=0)
        noisy = (base + 0.4 * random.standard_normal((400, 20))).astype(np.float32)
        questions(words, noisy)
        vectors = KeyedVectors(20)
        vectors.add_vectors(words, noisy)
        vectors.save_word2vec_format("words.vec")
        small_sets(stems, random)
        evaluation("words.vec", "pairs.tsv", "analogies.txt")
        if SETS:
            evaluation_of_text(SETS, random)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


def evaluation_of_text(folder, random):
    """The published test sets, on vectors of their own words that have their relations in them."""
    pairs, analogies = (os.path.join(folder, name) for name in
                        ["wordsim353.tsv", "questions-words.txt"])
    with open(analogies, encoding="utf-8") as file:
        names = [word for line in file if not line.startswith(":") for word in line.split()]
    with open(pairs, encoding="utf-8") as file:
        names += [word for line in file if "#" not in line for word in line.split("\t")[:2]]
    words = list(dict.fromkeys(names))[: 900]
    matrix = random.standard_normal((len(words), 30)).astype(np.float32)
    vectors = KeyedVectors(30)
    vectors.add_vectors(words, matrix)
    vectors.save_word2vec_format("sets.vec")
    evaluation("sets.vec", pairs, analogies)


main()

#!/usr/bin/env python3
"""Judges word vectors: WordSim-353 and the Google analogies.

    evaluate.py vectors.vec --wordsim wordsim353.tsv --analogies questions-words.txt

Vectors are in word2vec's text form. The evaluation sets are not part of this package. Words are
compared in lower case, as the Penn Treebank has them; a question with a word that has no vector is
left out and counted. Needs numpy.
"""

import argparse
import json
import math
import sys

import numpy


class Vectors:
    """Words and their vectors, shape (V, d), scaled to unit length."""

    def __init__(self, words, values):
        values = numpy.asarray(values, dtype=numpy.float32)
        length = numpy.sqrt((values * values).sum(axis=1, keepdims=True))
        self.words = list(words)
        self.unit = values / numpy.maximum(length, 1e-12)
        self.index = {}
        for i, word in enumerate(self.words):
            self.index.setdefault(word.lower(), i)  # the first, the most frequent, stands

    @classmethod
    def read(cls, path):
        with open(path, encoding="utf-8") as file:
            count, width = (int(x) for x in file.readline().split())
            words, values = [], numpy.empty((count, width), dtype=numpy.float32)
            for number, line in enumerate(file, start=2):
                fields = line.rstrip().rsplit(" ", width)
                if len(words) == count or len(fields) != width + 1:
                    raise ValueError(f"{path}, line {number}: not a word and {width} numbers")
                values[len(words)] = fields[1:]
                words.append(fields[0])
        if len(words) != count:
            raise ValueError(f"{path}: {len(words)} words, but the first line says {count}")
        return cls(words, values)


def ranks(values):
    """Ranks from 1, ties sharing the mean of theirs."""
    values = numpy.asarray(values, dtype=numpy.float64)
    _, inverse, counts = numpy.unique(values, return_inverse=True, return_counts=True)
    last = numpy.cumsum(counts)
    return (last - (counts - 1) / 2)[inverse]


def spearman(a, b):
    return float(numpy.corrcoef(ranks(a), ranks(b))[0, 1])


def interval(rho, count):
    """The 95 % interval of a Spearman correlation, by Fisher's z with the variance
    (1 + rho² / 2) / (n - 3) of Bonett and Wright (2000)."""
    if count < 4 or abs(rho) >= 1:
        return [-1.0, 1.0]
    reach = 1.959964 * math.sqrt((1 + rho * rho / 2) / (count - 3))
    z = math.atanh(rho)
    return [math.tanh(z - reach), math.tanh(z + reach)]


def word_similarity(vectors, path):
    """Spearman's correlation of cosines and human scores over the pairs that have vectors."""
    cosines, scores, total = [], [], 0
    with open(path, encoding="utf-8") as file:
        for line in file:
            if not line.strip() or line.startswith("#"):
                continue
            a, b, score = line.split("\t")[:3]
            total += 1
            i, j = vectors.index.get(a.lower()), vectors.index.get(b.lower())
            if i is not None and j is not None:
                cosines.append(float(vectors.unit[i] @ vectors.unit[j]))
                scores.append(float(score))
    if len(scores) < 4:
        return {"pairs": len(scores), "of": total, "unknown": total - len(scores)}
    rho = spearman(cosines, scores)
    return {
        "rho": rho, "interval": interval(rho, len(scores)),
        "pairs": len(scores), "of": total, "unknown": total - len(scores)}


def analogies(vectors, path, block=256):
    """a is to b as c is to ?, by 3CosAdd, the three words themselves left out."""
    questions, total = [], 0
    with open(path, encoding="utf-8") as file:
        for line in file:
            words = line.lower().split()
            if len(words) != 4 or words[0] == ":":
                continue
            total += 1
            numbers = [vectors.index.get(word) for word in words]
            if None not in numbers:
                questions.append(numbers)
    right = 0
    for start in range(0, len(questions), block):
        q = numpy.array(questions[start:start + block])
        a, b, c, expected = q.T
        target = vectors.unit[b] - vectors.unit[a] + vectors.unit[c]
        cosines = target @ vectors.unit.T
        rows = numpy.arange(len(q))
        for given in (a, b, c):
            cosines[rows, given] = -numpy.inf
        right += int((cosines.argmax(axis=1) == expected).sum())
    return {
        "right": right, "questions": len(questions), "of": total,
        "unknown": total - len(questions),
        "accuracy": right / len(questions) if questions else None}


def main():
    parser = argparse.ArgumentParser(description="Judges word vectors.")
    parser.add_argument("vectors", nargs="+", help="files in word2vec's text form")
    parser.add_argument("--wordsim", help="WordSim-353: word, word, score, separated by tabs")
    parser.add_argument("--analogies", help="the Google analogies, questions-words.txt")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    for path in options.vectors:
        try:
            vectors = Vectors.read(path)
        except (OSError, ValueError) as error:
            sys.exit(f"evaluate: {error}")
        result = {"vectors": path, "words": len(vectors.words)}
        if options.wordsim:
            result["wordsim"] = word_similarity(vectors, options.wordsim)
        if options.analogies:
            result["analogies"] = analogies(vectors, options.analogies)
        print(json.dumps(result) if options.json else describe(result))


def describe(result):
    lines = [f"{result['vectors']}: {result['words']} words"]
    if wordsim := result.get("wordsim"):
        rho = "too few pairs"
        if "rho" in wordsim:
            low, high = wordsim["interval"]
            rho = f"Spearman {wordsim['rho']:.3f} (95 %: {low:.3f} to {high:.3f})"
        lines.append(f"  WordSim-353 {rho}, {wordsim['pairs']} of {wordsim['of']} pairs")
    if google := result.get("analogies"):
        share = "–" if google["accuracy"] is None else f"{100 * google['accuracy']:.1f} %"
        lines.append(
            f"  analogies {share}, {google['right']} right of {google['questions']} asked,"
            f" {google['unknown']} with an unknown word")
    return "\n".join(lines)


if __name__ == "__main__":
    main()

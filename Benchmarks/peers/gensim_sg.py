#!/usr/bin/env python3
"""gensim's skip-gram with negative sampling, with the chapter's settings, timed.

The last line of the output is a JSON object. An epoch's seconds are those between gensim's own
epoch callbacks: training only, without reading and counting.
"""

import argparse
import json
import pathlib
import resource
import sys
import time

import gensim
from gensim.models.callbacks import CallbackAny2Vec

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
import evaluate  # noqa: E402


class EpochClock(CallbackAny2Vec):
    """The seconds of each epoch."""

    def __init__(self):
        self.seconds = []

    def on_epoch_begin(self, model):
        self.start = time.perf_counter()

    def on_epoch_end(self, model):
        self.seconds.append(time.perf_counter() - self.start)


def parse_arguments():
    parser = argparse.ArgumentParser(description="gensim's skip-gram, timed.")
    parser.add_argument("--data", required=True, help="the text, a sentence a line")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--alpha", type=float, default=0.025)
    parser.add_argument("--size", type=int, default=100)
    parser.add_argument("--min-count", type=int, default=10)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--input", choices=["memory", "file"], default="memory",
        help="sentences as lists in memory, or gensim's own file reader (corpus_file)")
    parser.add_argument("--wordsim", help="WordSim-353, to judge the vectors")
    parser.add_argument("--save", help="write the vectors as word2vec text")
    return parser.parse_args()


def make_model(options, clock):
    settings = dict(
        sg=1, negative=5, window=5, vector_size=options.size, workers=options.threads,
        sample=1e-4, min_count=options.min_count, alpha=options.alpha, epochs=options.epochs,
        seed=options.seed, callbacks=[clock])
    if options.input == "file":
        return gensim.models.Word2Vec(corpus_file=options.data, **settings)
    with open(options.data, encoding="utf-8") as file:
        sentences = [line.split() for line in file]
    return gensim.models.Word2Vec(sentences, **settings)


def main():
    options = parse_arguments()
    clock = EpochClock()
    start = time.perf_counter()
    model = make_model(options, clock)
    wall = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    result = {
        "program": f"gensim {gensim.__version__}",
        "threads": options.threads,
        "input": options.input,
        "epoch_seconds": clock.seconds,
        "data_seconds": wall - sum(clock.seconds),
        "wall_seconds": wall,
        "peak_megabytes": peak / (1024 if sys.platform == "linux" else 1 << 20),
    }
    if options.save:
        model.wv.save_word2vec_format(options.save)
    if options.wordsim:
        vectors = evaluate.Vectors(model.wv.index_to_key, model.wv.vectors)
        result["wordsim"] = evaluate.word_similarity(vectors, options.wordsim)
    print(json.dumps(result))


if __name__ == "__main__":
    main()

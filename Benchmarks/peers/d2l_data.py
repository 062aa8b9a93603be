"""The data of D2L 0.17.5's chapter "Pretraining word2vec", the same in its PyTorch and MXNet tabs.

Retyped from the algorithm, step for step: the same lists, the same draws in the same order. Nothing
is improved here, also where it would be easy: this is the thing compared against.
"""

import argparse
import collections
import json
import math
import random
import resource
import sys

DIMENSIONS = 100
BATCH_SIZE = 512
MAX_WINDOW = 5
NOISE_WORDS = 5
MIN_FREQUENCY = 10
LEARNING_RATE = 0.002


def read_sentences(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    return [line.split() for line in text.split("\n")]


def count_tokens(sentences):
    return collections.Counter([token for line in sentences for token in line])


class Vocab:
    """Tokens by falling frequency, ties in order of appearance; index 0 is the unknown token."""

    def __init__(self, sentences, min_freq):
        by_frequency = sorted(count_tokens(sentences).items(), key=lambda x: x[1], reverse=True)
        self.idx_to_token = ["<unk>"]
        self.token_to_idx = {"<unk>": 0}
        for token, frequency in by_frequency:
            if frequency < min_freq:
                break
            if token not in self.token_to_idx:
                self.token_to_idx[token] = len(self.idx_to_token)
                self.idx_to_token.append(token)

    def __len__(self):
        return len(self.idx_to_token)

    def __getitem__(self, tokens):
        if not isinstance(tokens, (list, tuple)):
            return self.token_to_idx.get(tokens, self.unk)
        return [self.__getitem__(token) for token in tokens]

    @property
    def unk(self):
        return 0


def subsample(sentences, vocab):
    """Drops unknown tokens, then each token with probability 1 - sqrt(1e-4 / frequency)."""
    sentences = [[t for t in line if vocab[t] != vocab.unk] for line in sentences]
    counter = count_tokens(sentences)
    total = sum(counter.values())

    def keep(token):
        return random.uniform(0, 1) < math.sqrt(1e-4 / counter[token] * total)

    return [[t for t in line if keep(t)] for line in sentences], counter


def get_centers_and_contexts(corpus, max_window):
    centers, contexts = [], []
    for line in corpus:
        if len(line) < 2:
            continue
        centers += line
        for i in range(len(line)):
            reach = random.randint(1, max_window)
            indices = list(range(max(0, i - reach), min(len(line), i + 1 + reach)))
            indices.remove(i)
            contexts.append([line[j] for j in indices])
    return centers, contexts


class NoiseGenerator:
    """Draws word indices by weight, ten thousand at a time."""

    def __init__(self, weights):
        self.population = list(range(1, len(weights) + 1))
        self.weights = weights
        self.candidates = []
        self.i = 0

    def draw(self):
        if self.i == len(self.candidates):
            self.candidates = random.choices(self.population, self.weights, k=10000)
            self.i = 0
        self.i += 1
        return self.candidates[self.i - 1]


def get_negatives(all_contexts, vocab, counter, count):
    weights = [counter[vocab.idx_to_token[i]] ** 0.75 for i in range(1, len(vocab))]
    all_negatives, generator = [], NoiseGenerator(weights)
    for contexts in all_contexts:
        negatives = []
        while len(negatives) < len(contexts) * count:
            noise = generator.draw()
            if noise not in contexts:
                negatives.append(noise)
        all_negatives.append(negatives)
    return all_negatives


def pad(data):
    """Pads to the widest example; returns lists: centres (B), words, mask and labels (B, M)."""
    width = max(len(contexts) + len(negatives) for _, contexts, negatives in data)
    centers, words, masks, labels = [], [], [], []
    for center, contexts, negatives in data:
        length = len(contexts) + len(negatives)
        centers += [center]
        words += [contexts + negatives + [0] * (width - length)]
        masks += [[1] * length + [0] * (width - length)]
        labels += [[1] * len(contexts) + [0] * (width - len(contexts))]
    return centers, words, masks, labels


class Examples:
    """All examples; `order`, when it is a list, records which were asked for (no workers then)."""

    def __init__(self, centers, contexts, negatives):
        assert len(centers) == len(contexts) == len(negatives)
        self.centers, self.contexts, self.negatives = centers, contexts, negatives
        self.order = None

    def __getitem__(self, index):
        if self.order is not None:
            self.order.append(index)
        return self.centers[index], self.contexts[index], self.negatives[index]

    def __len__(self):
        return len(self.centers)


def load_data(path):
    sentences = read_sentences(path)
    vocab = Vocab(sentences, MIN_FREQUENCY)
    subsampled, counter = subsample(sentences, vocab)
    corpus = [vocab[line] for line in subsampled]
    centers, contexts = get_centers_and_contexts(corpus, MAX_WINDOW)
    negatives = get_negatives(contexts, vocab, counter, NOISE_WORDS)
    return vocab, Examples(centers, contexts, negatives)


# MARK: The command


def parse_arguments(description, default_seed):
    """The options of both tabs' programs."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--data", required=True, help="the text, a sentence a line")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--workers", type=int, default=0, help="of the data loader: 0 or 4")
    parser.add_argument("--seed", type=int, default=default_seed)
    parser.add_argument("--threads", type=int, help="of the framework (default: its own choice)")
    parser.add_argument("--save", help="write the centre vectors as word2vec text")
    parser.add_argument("--trace", help="write a trace of the run as JSON (needs 0 workers)")
    options = parser.parse_args()
    if options.trace and options.workers:
        parser.error("--trace needs --workers 0: workers keep the order of examples to themselves")
    return options


def save_vectors(path, vocab, weights):
    """Writes the rows of a NumPy array as word2vec text."""
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"{len(vocab)} {weights.shape[1]}\n")
        for token, row in zip(vocab.idx_to_token, weights.tolist()):
            file.write(token + " " + " ".join(f"{x:.6g}" for x in row) + "\n")


def peak_megabytes():
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return own / (1024 if sys.platform == "linux" else 1 << 20)


def print_result(**values):
    """The last line of a program's output: what was measured, as a JSON object."""
    print(json.dumps({**values, "peak_megabytes": peak_megabytes()}))

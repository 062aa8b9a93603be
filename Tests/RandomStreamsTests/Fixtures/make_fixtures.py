"""Writes the numbers that the Swift generators are held to, drawn by the originals.

    python make_fixtures.py

Needs CPython 3.11 (whose `random` is tested), numpy and PyTorch (CPU). The normal numbers hold for
processors with AVX2 or later: PyTorch's kernel for older ones rounds differently. MXNet's numbers
are made by `make_mxnet_fixtures.py`, as MXNet needs an older numpy.

    python make_fixtures.py --long

prints instead what PyTorch makes of the shortest range that it shuffles the long way (2 GB).
"""

import hashlib
import json
import pathlib
import random
import sys

import numpy
import torch
from torch.utils.data import DataLoader

SEEDS = [0, 1, 2465463373, 18446744073709551557]
NUMPY_SEEDS = [0, 1, 2465463373, 4294967295]
SIZES = [1, 2, 15, 16, 17, 80, 100]
FOLDER = pathlib.Path(__file__).parent


def words(seed):
    """MT19937 words: by one seed (numpy's legacy seeding is init_genrand), by CPython's key."""
    generator = numpy.random.MT19937()
    generator._legacy_seeding(seed & 0xFFFFFFFF)
    by_seed = [int(w) for w in generator.random_raw(2000)]
    random.seed(seed)
    by_key = [random.getrandbits(32) for _ in range(2000)]
    pick = [0, 1, 2, 622, 623, 624, 625, 1247, 1248, 1999]
    return {
        "positions": pick,
        "bySeed": [by_seed[i] for i in pick],
        "byKey": [by_key[i] for i in pick],
    }


def python(seed):
    """One stream, in the order of the fields."""
    random.seed(seed)
    bounds = [1, 2, 3, 10, 6719, 10**6, 2**31, 2**32, 2**33 + 1, 2**62 + 12345]
    return {
        "random": [random.random() for _ in range(8)],
        "uniform": [random.uniform(-2.5, 7.0) for _ in range(4)],
        "bits": [random.getrandbits(k) for k in range(33)],
        "bounds": bounds,
        "below": [random._inst._randbelow(n) for n in bounds],
        "randint": [random.randint(1, 5) for _ in range(40)],
        "bits64": [random.getrandbits(64) for _ in range(3)],
        "afterwards": random.random(),
    }


def choices(seed):
    """random.choices over n weights 1 / (i mod m + 1), one stream over all the sizes."""
    random.seed(seed)
    cases = []
    for n, m in [(1, 1), (2, 1), (7, 3), (1000, 1000), (6718, 6718), (6718, 5)]:
        weights = [1 / (i % m + 1) for i in range(n)]
        cases.append({"n": n, "m": m, "draws": random.choices(range(n), weights, k=60)})
    return cases


def filled(seed, fill):
    torch.manual_seed(seed)
    return [fill(torch.empty(size)).tolist() for size in SIZES]


def orders(seed):
    torch.manual_seed(seed)
    permutations = [torch.randperm(n).tolist() for n in [0, *SIZES]]
    integers = [torch.empty((), dtype=torch.int64).random_().item() for _ in range(4)]
    epochs = []
    for n in [1, 10, 37, 37]:
        loader = DataLoader(list(range(n)), batch_size=4, shuffle=True)
        epochs.append([int(i) for batch in loader for i in batch])
    return {"permutations": permutations, "integers": integers, "epochs": epochs}


def long_permutations(seed):
    """The longer way of PyTorch's `randperm_cpu`, over numpy's words: PyTorch itself takes it only
    from (2**32 - 1) // 20 elements on."""
    generator = numpy.random.MT19937()
    generator._legacy_seeding(seed & 0xFFFFFFFF)
    permutations = []
    for n in [0, *SIZES]:
        order = [0] * n
        for i in range(n):
            high, low = (int(w) for w in generator.random_raw(2))
            z = (high << 32 | low) % (i + 1)
            order[i] = order[z]
            order[z] = i
        permutations.append(order)
    return permutations


def numpy_shuffles(seed):
    """numpy.random.shuffle(arange(n)), one stream over all the sizes; long orders as digests."""
    numpy.random.seed(seed)
    cases = []
    for n in [0, 1, 2, 3, 4, 5, 31, 32, 33, 1000, 342366, 342366]:
        order = numpy.arange(n)
        numpy.random.shuffle(order)
        digest = hashlib.sha256(order.astype("<i4").tobytes()).hexdigest()
        cases.append({"n": n, "order": order.tolist() if n <= 33 else None, "sha256": digest})
    return cases


def print_long_permutation():
    torch.manual_seed(0)
    order = torch.randperm(214748364, dtype=torch.int32).numpy()
    print(order[:8].tolist(), order[-8:].tolist(), hashlib.sha256(order).hexdigest())


def write(name, of_seed, seeds=SEEDS):
    assert sys.version_info[:2] == (3, 11), "the fixtures hold CPython 3.11's numbers"
    fixture = [{"seed": seed, "values": of_seed(seed)} for seed in seeds]
    (FOLDER / name).write_text(json.dumps(fixture, separators=(",", ":")) + "\n")


if "--long" in sys.argv:
    print_long_permutation()
    sys.exit()
write("words.json", words)
write("python.json", python)
write("choices.json", choices)
write("torch-uniform.json", lambda s: filled(s, lambda t: t.uniform_(-0.25, 0.75)))
write("torch-normal.json", lambda s: filled(s, lambda t: t.normal_()))
write("torch-orders.json", orders)
write("torch-long-orders.json", long_permutations)
write("numpy.json", numpy_shuffles, NUMPY_SEEDS)

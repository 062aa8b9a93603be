"""Writes MXNet's uniform weights, which the Swift stream is held to.

    python make_mxnet_fixtures.py

Needs MXNet 1.9.1 and NumPy 1.23.5 (Benchmarks/peers/setup.sh makes such an environment).
"""

import hashlib
import json
import pathlib

import mxnet
from mxnet import np, npx

npx.set_np()

# The first word of the last seed's stream rounds up to 2**32.
SEEDS = [0, 1, 7, 2465463373, 4294967295, 1995416180]
SIZES = [(1,), (3,), (20, 4), (6719, 100), (6719, 100), (5,)]


def arrays(seed):
    """Uniform(0.07), one stream over all the sizes; long arrays as digests."""
    mxnet.random.seed(seed)
    cases = []
    for size in SIZES:
        array = np.empty(size)
        mxnet.init.Uniform(0.07)(mxnet.init.InitDesc("weight"), array)
        values = array.asnumpy().flatten()
        digest = hashlib.sha256(values.astype("<f4").tobytes()).hexdigest()
        short = values.tolist() if values.size <= 80 else None
        cases.append({"count": values.size, "values": short, "sha256": digest})
    return cases


fixture = [{"seed": seed, "values": arrays(seed)} for seed in SEEDS]
path = pathlib.Path(__file__).parent / "mxnet.json"
path.write_text(json.dumps(fixture, separators=(",", ":")) + "\n")

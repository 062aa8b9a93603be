"""A trace of D2L's program: hashes of every array it makes, and the losses along the way.

Used by `d2l_pytorch.py` and `d2l_mxnet.py` with `--trace FILE`. Integers are hashed as little-endian
int32, weights as row-major little-endian float32, the means of all minibatches as little-endian
float64. A trace of the same seed by another implementation is compared with it field by field.
"""

import hashlib
import json
import platform

import numpy

QUERIES = ["chip", "stock", "president", "oil", "bank", "monday", "japan", "court"]


def sha256_of_integers(values):
    return hashlib.sha256(numpy.fromiter(values, dtype="<i4").tobytes()).hexdigest()


def sha256_of_weights(weights):
    return hashlib.sha256(numpy.ascontiguousarray(weights, dtype="<f4").tobytes()).hexdigest()


class Trace:
    """Gathers the fields of a trace while the program runs; weights come as NumPy arrays."""

    def __init__(self, protocol, seed, versions, vocab, examples, demonstration, tables):
        self.examples = examples
        self.fields = {
            "d2l": "0.17.5",
            "python": ".".join(platform.python_version_tuple()[:2]),
            "protocol": protocol,
            "seed": seed,
            **versions,
            "data": data_fields(vocab, examples),
            "demo_embedding": demonstration.tolist(),
            "init": table_fields(tables),
        }
        self.orders, self.points, self.batches, self.epochs = [], [], [], []
        self.total, self.count = 0.0, 0
        examples.order = []

    def batch(self, epoch, i, batch_count, total, count):
        """Told by the training loop after every minibatch."""
        self.total, self.count = self.total + total, self.count + count
        self.batches.append(total / count)
        if i == 0:
            self.epochs.append([0.0, 0])
        self.epochs[-1][0] += total
        self.epochs[-1][1] += count
        last = i == batch_count - 1
        if (i + 1) % (batch_count // 5) == 0 or last:
            self.points.append([epoch + (i + 1) / batch_count, self.total / self.count])
        if last:
            self.orders.append(self.examples.order)
            self.examples.order = []

    def write(self, path, vocab, tables, similar):
        """Ends the trace; `similar(query)` gives the ten nearest as lists of cosine and word."""
        fields = self.fields
        fields["order"] = {"epoch_sha256": [sha256_of_integers(o) for o in self.orders]}
        for i, order in enumerate(self.orders[:2]):
            fields["order"][f"epoch{i}_head"] = [int(index) for index in order[:8]]
        batches = numpy.array(self.batches, dtype="<f8")
        fields["training"] = {
            "first_batches": self.batches[:20],
            "batch_every_100": self.batches[::100],
            "epoch_loss": [total / count for total, count in self.epochs],
            "curve": self.points,
            "final_loss": self.total / self.count,
            "batches": len(self.batches),
            "all_batches_sha256": hashlib.sha256(batches.tobytes()).hexdigest(),
        }
        fields["final"] = table_fields(tables)
        fields["similar"] = {
            query: [[round(cosine, 4), word] for cosine, word in similar(query)]
            for query in QUERIES if query in vocab.token_to_idx
        }
        with open(path, "w", encoding="utf-8") as file:
            json.dump(fields, file, indent=1)
            file.write("\n")


def data_fields(vocab, examples):
    contexts, negatives = examples.contexts, examples.negatives
    return {
        "vocab_size": len(vocab),
        "tokens_head": vocab.idx_to_token[:20],
        "examples": len(examples),
        "context_pairs": sum(map(len, contexts)),
        "negatives": sum(map(len, negatives)),
        "centers_sha256": sha256_of_integers(examples.centers),
        "context_lengths_sha256": sha256_of_integers(map(len, contexts)),
        "contexts_sha256": sha256_of_integers(x for line in contexts for x in line),
        "negatives_sha256": sha256_of_integers(x for line in negatives for x in line),
        "centers_head": examples.centers[:10],
        "contexts_head": contexts[:5],
        "negatives_head": negatives[:3],
        "vocabulary_sha256": hashlib.sha256("\n".join(vocab.idx_to_token).encode()).hexdigest(),
    }


def table_fields(tables):
    v, u = (table.flatten() for table in tables)
    return {
        "v_sha256": sha256_of_weights(v),
        "u_sha256": sha256_of_weights(u),
        "v_head": v[:5].tolist(),
        "u_head": u[:5].tolist(),
        "v_tail": v[-3:].tolist(),
        "u_tail": u[-3:].tolist(),
    }

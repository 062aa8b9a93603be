"""A trace of D2L's program: hashes of every array it makes, and the losses along the way.

Used by `d2l_pytorch.py --trace FILE`. Integers are hashed as little-endian int32, weights as
row-major little-endian float32. A trace of the same seed by another implementation is compared
with it field by field.
"""

import hashlib
import json
import platform

import numpy
import torch

PROTOCOL = (
    "random.seed(s); torch.manual_seed(s); load_data_ptb(512,5,5); nn.Embedding(20,4); "
    "two nn.Embedding(len(vocab),100); xavier_uniform_ on each; Adam(lr=0.002); {epochs} epochs; "
    "int32/float32 little-endian hashes"
)
QUERIES = ["chip", "stock", "president", "oil", "bank", "monday", "japan", "court"]


def sha256_of_integers(values):
    return hashlib.sha256(numpy.fromiter(values, dtype="<i4").tobytes()).hexdigest()


def sha256_of_weights(layer):
    values = layer.weight.detach().numpy().astype("<f4")
    return hashlib.sha256(numpy.ascontiguousarray(values).tobytes()).hexdigest()


def similar_tokens(query, k, vocab, embed):
    """The k nearest by the document's cosine, the query itself (the first hit) left out."""
    weights = embed.weight.data
    x = weights[vocab[query]]
    cosines = torch.mv(weights, x) / torch.sqrt(
        torch.sum(weights * weights, dim=1) * torch.sum(x * x) + 1e-9
    )
    top = torch.topk(cosines, k=k + 1)[1].tolist()[1:]
    return [[round(float(cosines[i]), 4), vocab.idx_to_token[i]] for i in top]


class Trace:
    """Gathers the fields of a trace while the program runs."""

    def __init__(self, seed, vocab, examples, demonstration, net):
        self.examples = examples
        self.fields = {
            "d2l": "0.17.5",
            "python": ".".join(platform.python_version_tuple()[:2]),
            "protocol": "",
            "seed": seed,
            "torch": torch.__version__,
            "data": data_fields(vocab, examples),
            "demo_embedding": demonstration.weight.tolist(),
            "init": init_fields(net),
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

    def write(self, path, vocab, net, epochs):
        fields = self.fields
        fields["protocol"] = PROTOCOL.format(epochs=epochs)
        fields["order"] = {"epoch_sha256": [sha256_of_integers(o) for o in self.orders]}
        for i, order in enumerate(self.orders[:2]):
            fields["order"][f"epoch{i}_head"] = order[:8]
        fields["training"] = {
            "first_batches": self.batches[:20],
            "batch_every_100": self.batches[::100],
            "epoch_loss": [total / count for total, count in self.epochs],
            "curve": self.points,
            "final_loss": self.total / self.count,
            "batches": len(self.batches),
        }
        known = [q for q in QUERIES if q in vocab.token_to_idx]
        fields["similar"] = {q: similar_tokens(q, 10, vocab, net[0]) for q in known}
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


def init_fields(net):
    v, u = (layer.weight.detach().flatten() for layer in net)
    return {
        "v_sha256": sha256_of_weights(net[0]),
        "u_sha256": sha256_of_weights(net[1]),
        "v_head": v[:5].tolist(),
        "u_head": u[:5].tolist(),
        "v_tail": v[-3:].tolist(),
    }

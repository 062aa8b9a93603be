"""Writes model.json beside this file: what PyTorch and NumPy compute and print.

Run: python3 make_model_fixtures.py   (needs torch and numpy; no data, a few seconds)

Every number is a float32 written with all its digits, so that it is read back exactly.
"""

import json
import math
import pathlib
import re

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

torch.manual_seed(5)


def flat(tensor):
    return [float(x) for x in tensor.detach().reshape(-1)]


def skip_gram(center, contexts_and_negatives, embed_v, embed_u):
    v = embed_v(center)
    u = embed_u(contexts_and_negatives)
    return torch.bmm(v, u.permute(0, 2, 1))


def bce(logits, labels, mask):
    out = F.binary_cross_entropy_with_logits(logits, labels, weight=mask, reduction="none")
    return out.mean(dim=1)


def tables(words, width, scale=0.5):
    pair = [nn.Embedding(words, width), nn.Embedding(words, width)]
    for embedding in pair:
        nn.init.normal_(embedding.weight, std=scale)
    return pair


def random_batch(words, size, width):
    """Examples of one to `width` slots, padded with index 0; the first third are contexts."""
    center = torch.randint(1, words, (size, 1))
    contexts = torch.zeros(size, width, dtype=torch.long)
    mask, labels = torch.zeros(size, width), torch.zeros(size, width)
    for b in range(size):
        used = width if b == 0 else int(torch.randint(1, width + 1, ()))
        contexts[b, :used] = torch.randint(0, words, (used,))
        mask[b, :used] = 1
        labels[b, : (used + 2) // 3] = 1
    return center, contexts, mask, labels


def batch_record(center, contexts, mask, labels):
    return {
        "size": mask.shape[0], "width": mask.shape[1],
        "centers": center.reshape(-1).tolist(), "contextsAndNegatives": contexts.reshape(-1).tolist(),
        "mask": flat(mask), "labels": flat(labels),
    }


def skip_gram_case(words, dimension, size, width):
    embed_v, embed_u = tables(words, dimension)
    batch = random_batch(words, size, width)
    v, u = embed_v(batch[0]).detach(), embed_u(batch[1]).detach()
    v.requires_grad_(), u.requires_grad_()
    scores = torch.bmm(v, u.permute(0, 2, 1))
    gradient = torch.randn_like(scores)
    scores.backward(gradient)
    return {
        "words": words, "dimension": dimension, "batch": batch_record(*batch),
        "embedV": flat(embed_v.weight), "embedU": flat(embed_u.weight),
        "scores": flat(skip_gram(batch[0], batch[1], embed_v, embed_u)),
        "scoreGradient": flat(gradient), "vGradient": flat(v.grad), "uGradient": flat(u.grad),
    }


def bce_case(logits, labels, mask):
    logits = logits.clone().requires_grad_()
    out = bce(logits, labels, mask)
    out.sum().backward()
    return {
        "size": logits.shape[0], "width": logits.shape[1], "logits": flat(logits),
        "labels": flat(labels), "mask": flat(mask), "loss": flat(out), "gradient": flat(logits.grad),
    }


def bce_cases():
    document = bce_case(
        torch.tensor([[1.1, -2.2, 3.3, -4.4]] * 2),
        torch.tensor([[1.0, 0.0, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0]]),
        torch.tensor([[1.0, 1, 1, 1], [1, 1, 0, 0]]))
    extreme = torch.tensor([[1000.0, -1000, 90, -90, 0], [1000, -1000, 17, -17, 1e-8]])
    extremes = bce_case(
        extreme, torch.tensor([[1.0, 1, 1, 1, 1], [0, 0, 0, 0, 0]]), torch.ones(2, 5))
    mixed = bce_case(torch.randn(7, 9) * 4, torch.rand(7, 9).round(), torch.rand(7, 9).round())
    one_wide = bce_case(torch.randn(3, 1), torch.tensor([[1.0], [0], [1]]), torch.ones(3, 1))
    return [document, extremes, mixed, one_wide]


def adam_case(count, steps, learning_rate):
    """Gradients of sizes 1e-6 to 10; some weights get none at all, some only at the first step."""
    weight = torch.randn(count).requires_grad_()
    record = {"learningRate": learning_rate, "initial": flat(weight), "gradients": [], "weights": []}
    optimizer = torch.optim.Adam([weight], lr=learning_rate)
    scale = 10.0 ** torch.linspace(-6, 1, count)
    for step in range(steps):
        gradient = torch.randn(count) * scale
        gradient[::5] = 0
        if step > 0:
            gradient[1::5] = 0
        weight.grad = gradient
        optimizer.step()
        record["gradients"].append(flat(gradient))
        record["weights"].append(flat(weight))
    return record


def training_case(words, dimension, size, width, steps, learning_rate):
    embed_v, embed_u = tables(words, dimension)
    record = {
        "words": words, "dimension": dimension, "learningRate": learning_rate,
        "initialV": flat(embed_v.weight), "initialU": flat(embed_u.weight), "steps": [],
    }
    net = nn.Sequential(embed_v, embed_u)
    optimizer = torch.optim.Adam(net.parameters(), lr=learning_rate)
    for _ in range(steps):
        center, contexts, mask, labels = random_batch(words, size, width)
        optimizer.zero_grad()
        pred = skip_gram(center, contexts, net[0], net[1])
        l = bce(pred.reshape(labels.shape).float(), labels, mask) / mask.sum(axis=1) * mask.shape[1]
        l.sum().backward()
        optimizer.step()
        record["steps"].append({
            "batch": batch_record(center, contexts, mask, labels), "loss": float(l.detach().sum()),
            "embedV": flat(embed_v.weight), "embedU": flat(embed_u.weight),
        })
    return record


def print_case(values):
    array = np.array(values, dtype=np.float32)
    numpy_text = re.sub(r",\s+dtype=float32\)$", ")", repr(array))  # as MXNet shows an array
    return {
        "shape": list(array.shape), "values": [x if math.isfinite(x) else str(x).replace("inf", "Infinity").replace("nan", "NaN") for x in flat(torch.tensor(array))],
        "numpy": numpy_text, "torch": str(torch.tensor(array)),
    }


def print_cases():
    rng = np.random.default_rng(3)
    return [
        print_case([0.93521017, 1.8462094]),
        print_case([1.0, 2.0, -3.0]),
        print_case([[0.5, -0.25], [100.125, 3.0]]),
        print_case([[[1.1, -2.2], [3.3, -4.4]], [[1e-3, 0.25], [0, 12]]]),
        print_case([1e-5, 1.5, -200]),
        print_case([1e9, 2, 3]),
        print_case([0.1, 1 / 3, 0.123456789, 0.99999999]),
        print_case([0.0, -0.0]),
        print_case([0.0, 0.5]),
        print_case(7.25),
        print_case([]),
        print_case(np.zeros((0, 4))),
        print_case([[1.0]]),
        print_case([float("nan"), 1.5, float("inf"), -float("inf")]),
        print_case(rng.uniform(-0.07, 0.07, (2, 3, 4)) + 0.08),
        print_case(rng.normal(size=(3, 4))),
        print_case(rng.normal(size=17)),
        print_case(rng.normal(size=(2, 13))),
        print_case(np.arange(40.0)),
    ]


fixtures = {
    "torch": torch.__version__.split("+")[0], "numpy": np.__version__,
    "skipGram": [skip_gram_case(9, 5, 4, 6), skip_gram_case(3, 1, 1, 1), skip_gram_case(20, 32, 3, 12)],
    "bce": bce_cases(),
    "adam": [adam_case(40, 12, 0.002), adam_case(1, 3, 0.1)],
    "training": [training_case(11, 5, 4, 6, 3, 0.01), training_case(30, 17, 8, 12, 3, 0.002)],
    "printed": print_cases(),
}
path = pathlib.Path(__file__).with_name("model.json")
path.write_text(json.dumps(fixtures, separators=(",", ":")).replace('},{', '},\n{') + "\n")
print(path.name, path.stat().st_size, "bytes")

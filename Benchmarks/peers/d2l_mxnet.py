#!/usr/bin/env python3
"""The program of D2L 0.17.5, chapter "Pretraining word2vec", MXNet tab.

Retyped from the algorithm, step for step, as `d2l_pytorch.py` is, and with the same options. Needs
MXNet 1.9.1 and the NumPy of its time, which `setup_mxnet.sh` installs apart from the other peers'.

    d2l_mxnet.py --data data/ptb/ptb.train.txt                                     time a run
    d2l_mxnet.py --data … --threads 1 --seed 0 --trace trace-mxnet-0.json          write a trace

The seed is Python's, NumPy's (the order of the examples) and MXNet's (the weights). The last line of
the output is a JSON object with the measured values.
"""

import os
import random
import sys
import time

import d2l_data
from d2l_data import BATCH_SIZE, DIMENSIONS, LEARNING_RATE

OPTIONS = d2l_data.parse_arguments("D2L's word2vec program in MXNet, timed.", 0)
if OPTIONS.threads:  # read when MXNet is loaded
    os.environ["OMP_NUM_THREADS"] = str(OPTIONS.threads)

import numpy  # noqa: E402
import mxnet  # noqa: E402
from mxnet import autograd, gluon, np, npx  # noqa: E402
from mxnet.gluon import nn  # noqa: E402

npx.set_np()

PROTOCOL = (
    "random.seed(s); numpy.random.seed(s); mx.random.seed(s); load_data_ptb(512,5,5); "
    "nn.Embedding(20,4).initialize(); nn.Sequential of two nn.Embedding(len(vocab),100); "
    "net.initialize(force_reinit=True) [Uniform(0.07)]; Trainer('adam', lr 0.002), step(512); "
    "{epochs} epochs; int32/float32 little-endian hashes"
)


def batchify(data):
    """Returns centres (B, 1), words, mask and labels (B, M)."""
    centers, words, masks, labels = map(np.array, d2l_data.pad(data))
    return centers.reshape((-1, 1)), words, masks, labels


def skip_gram(center, words, embed_v, embed_u):
    return npx.batch_dot(embed_v(center), embed_u(words).swapaxes(1, 2))


def make_net(vocab):
    net = nn.Sequential()
    net.add(
        nn.Embedding(input_dim=len(vocab), output_dim=DIMENSIONS),
        nn.Embedding(input_dim=len(vocab), output_dim=DIMENSIONS),
    )
    net.initialize(force_reinit=True)
    return net


def train(net, batches, epochs, record=None):
    """Trains; returns the running mean loss and each epoch's seconds.

    `record(epoch, batch, batches, sum of losses, examples)` is told every minibatch.
    """
    sigmoid_bce = gluon.loss.SigmoidBCELoss()
    trainer = gluon.Trainer(net.collect_params(), "adam", {"learning_rate": LEARNING_RATE})
    total, count, seconds = 0.0, 0, []
    for epoch in range(epochs):
        start, batch_count = time.perf_counter(), len(batches)
        for i, (center, words, mask, label) in enumerate(batches):
            with autograd.record():
                logits = skip_gram(center, words, net[0], net[1])
                loss = sigmoid_bce(logits.reshape(label.shape), label, mask)
                loss = loss * mask.shape[1] / mask.sum(axis=1)
            loss.backward()
            trainer.step(BATCH_SIZE)
            batch_total = float(loss.sum())
            total, count = total + batch_total, count + loss.size
            if record:
                record(epoch, i, batch_count, batch_total, loss.size)
        seconds.append(time.perf_counter() - start)
        print(f"epoch {epoch + 1}: loss {total / count:.6f}, {seconds[-1]:.3f} s", flush=True)
    print(f"loss {total / count:.3f}, {count / seconds[-1]:.1f} tokens/sec on cpu(0)")
    return total / count, seconds


def similar_tokens(query, k, vocab, embed):
    """The k nearest by the document's cosine, the query itself (the first hit) left out."""
    weights = embed.weight.data()
    x = weights[vocab[query]]
    cosines = np.dot(weights, x) / np.sqrt(
        np.sum(weights * weights, axis=1) * np.sum(x * x) + 1e-9
    )
    top = npx.topk(cosines, k=k + 1, ret_typ="indices").asnumpy().astype("int32").tolist()[1:]
    return [[float(cosines[i]), vocab.idx_to_token[i]] for i in top]


def weights_of(layer):
    return layer.weight.data().asnumpy()


def main():
    if not 0 <= OPTIONS.seed < 2**32:
        sys.exit(f"--seed is {OPTIONS.seed}: NumPy takes seeds from 0 to {2**32 - 1}")
    random.seed(OPTIONS.seed)
    numpy.random.seed(OPTIONS.seed)
    mxnet.random.seed(OPTIONS.seed)

    start = time.perf_counter()
    vocab, examples = d2l_data.load_data(OPTIONS.data)
    batches = gluon.data.DataLoader(
        examples, BATCH_SIZE, shuffle=True, batchify_fn=batchify, num_workers=OPTIONS.workers
    )
    data_seconds = time.perf_counter() - start
    print(f"data: {len(vocab)} words, {len(examples)} examples, {data_seconds:.3f} s", flush=True)

    demonstration = nn.Embedding(input_dim=20, output_dim=4)
    demonstration.initialize()  # the chapter makes one before its model; it draws
    net = make_net(vocab)
    trace = None
    if OPTIONS.trace:
        from d2l_trace import Trace  # beside this file

        versions = {"mxnet": mxnet.__version__, "numpy": numpy.__version__}
        trace = Trace(
            PROTOCOL.format(epochs=OPTIONS.epochs), OPTIONS.seed, versions, vocab, examples,
            weights_of(demonstration), [weights_of(layer) for layer in net])
    loss, seconds = train(net, batches, OPTIONS.epochs, trace.batch if trace else None)
    wall = time.perf_counter() - start

    if OPTIONS.save:
        d2l_data.save_vectors(OPTIONS.save, vocab, weights_of(net[0]))
    if trace:
        trace.write(
            OPTIONS.trace, vocab, [weights_of(layer) for layer in net],
            lambda query: similar_tokens(query, 10, vocab, net[0]))
    d2l_data.print_result(
        program=f"D2L 0.17.5, MXNet {mxnet.__version__}", workers=OPTIONS.workers,
        threads=OPTIONS.threads, examples=len(examples), data_seconds=data_seconds,
        epoch_seconds=seconds, wall_seconds=wall, loss=loss)


if __name__ == "__main__":
    main()

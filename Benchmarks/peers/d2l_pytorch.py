#!/usr/bin/env python3
"""The program of D2L 0.17.5, chapter "Pretraining word2vec", PyTorch tab.

Retyped from the algorithm, step for step, so that it costs what the original costs and, given a
seed, makes what it makes. Nothing is improved here, also where it would be easy: this is the thing
compared against.

    d2l_pytorch.py --data data/ptb/ptb.train.txt                 time a run
    d2l_pytorch.py --data … --seed 0 --trace trace-0.json        write a trace of a run

The last line of the output is a JSON object with the measured values.
"""

import random
import time

import torch
from torch import nn

import d2l_data
from d2l_data import BATCH_SIZE, DIMENSIONS, LEARNING_RATE

PROTOCOL = (
    "random.seed(s); torch.manual_seed(s); load_data_ptb(512,5,5); nn.Embedding(20,4); "
    "two nn.Embedding(len(vocab),100); xavier_uniform_ on each; Adam(lr=0.002); {epochs} epochs; "
    "int32/float32 little-endian hashes"
)


def batchify(data):
    """Returns centres (B, 1), words, mask and labels (B, M)."""
    centers, words, masks, labels = map(torch.tensor, d2l_data.pad(data))
    return centers.reshape((-1, 1)), words, masks, labels


def skip_gram(center, words, embed_v, embed_u):
    return torch.bmm(embed_v(center), embed_u(words).permute(0, 2, 1))


def sigmoid_bce(logits, labels, mask):
    losses = nn.functional.binary_cross_entropy_with_logits(
        logits, labels, weight=mask, reduction="none"
    )
    return losses.mean(dim=1)


def make_net(vocab):
    net = nn.Sequential(
        nn.Embedding(len(vocab), DIMENSIONS), nn.Embedding(len(vocab), DIMENSIONS)
    )
    for layer in net:
        nn.init.xavier_uniform_(layer.weight)
    return net


def train(net, batches, epochs, record=None):
    """Trains; returns the running mean loss and each epoch's seconds.

    `record(epoch, batch, batches, sum of losses, examples)` is told every minibatch.
    """
    optimizer = torch.optim.Adam(net.parameters(), lr=LEARNING_RATE)
    total, count, seconds = 0.0, 0, []
    for epoch in range(epochs):
        start, batch_count = time.perf_counter(), len(batches)
        for i, (center, words, mask, label) in enumerate(batches):
            optimizer.zero_grad()
            logits = skip_gram(center, words, net[0], net[1])
            loss = sigmoid_bce(logits.reshape(label.shape).float(), label.float(), mask)
            loss = loss / mask.sum(axis=1) * mask.shape[1]
            loss.sum().backward()
            optimizer.step()
            batch_total = float(loss.detach().sum())
            total, count = total + batch_total, count + loss.numel()
            if record:
                record(epoch, i, batch_count, batch_total, loss.numel())
        seconds.append(time.perf_counter() - start)
        print(f"epoch {epoch + 1}: loss {total / count:.6f}, {seconds[-1]:.3f} s", flush=True)
    print(f"loss {total / count:.3f}, {count / seconds[-1]:.1f} tokens/sec on cpu")
    return total / count, seconds


def similar_tokens(query, k, vocab, embed):
    """The k nearest by the document's cosine, the query itself (the first hit) left out."""
    weights = embed.weight.data
    x = weights[vocab[query]]
    cosines = torch.mv(weights, x) / torch.sqrt(
        torch.sum(weights * weights, dim=1) * torch.sum(x * x) + 1e-9
    )
    top = torch.topk(cosines, k=k + 1)[1].tolist()[1:]
    return [[float(cosines[i]), vocab.idx_to_token[i]] for i in top]


def weights_of(layer):
    return layer.weight.detach().numpy()


def main():
    options = d2l_data.parse_arguments("D2L's word2vec program in PyTorch, timed.", 2465463373)
    if options.threads:
        torch.set_num_threads(options.threads)
    random.seed(options.seed)
    torch.manual_seed(options.seed)

    start = time.perf_counter()
    vocab, examples = d2l_data.load_data(options.data)
    batches = torch.utils.data.DataLoader(
        examples, BATCH_SIZE, shuffle=True, collate_fn=batchify, num_workers=options.workers
    )
    data_seconds = time.perf_counter() - start
    print(f"data: {len(vocab)} words, {len(examples)} examples, {data_seconds:.3f} s", flush=True)

    demonstration = nn.Embedding(20, 4)  # the chapter makes one before its model; it draws
    net = make_net(vocab)
    trace = None
    if options.trace:
        from d2l_trace import Trace  # beside this file

        trace = Trace(
            PROTOCOL.format(epochs=options.epochs), options.seed, {"torch": torch.__version__},
            vocab, examples, weights_of(demonstration), [weights_of(layer) for layer in net])
    loss, seconds = train(net, batches, options.epochs, trace.batch if trace else None)
    wall = time.perf_counter() - start

    if options.save:
        d2l_data.save_vectors(options.save, vocab, weights_of(net[0]))
    if trace:
        trace.write(
            options.trace, vocab, [weights_of(layer) for layer in net],
            lambda query: similar_tokens(query, 10, vocab, net[0]))
    d2l_data.print_result(
        program=f"D2L 0.17.5, PyTorch {torch.__version__}", workers=options.workers,
        threads=torch.get_num_threads(), examples=len(examples), data_seconds=data_seconds,
        epoch_seconds=seconds, wall_seconds=wall, loss=loss)


if __name__ == "__main__":
    main()

"""BENCHMARKS.md, from what compare.py measured, and the table of the treebank."""

import report_busy
import report_text
from lines import (
    Rounds, figures, milliseconds, paragraph, reading, row, seconds, table, versus)
from measure import median

# MARK: The lines, in order


def peers(r):
    """Against other programs."""
    for theirs, ours, goals in (
            ("d2l", "own", {"least": 40, "more": 80}), ("d2l_mxnet", "own_mxnet", {})):
        if r.has(theirs, ours):
            first = r.first(theirs)
            note = ("" if first["measured_epochs"] == 5
                    else f", scaled from {first['measured_epochs']} epoch(s)")
            yield from versus(
                r, f"{first['program']}, {first['workers']} workers",
                "whole run, 5 epochs: read, sample, train" + note, theirs, ours, "whole_seconds",
                **goals)
    if r.has("gensim"):
        yield from versus(
            r, f"{r.first('gensim')['program']}, 2 workers", "training, per epoch", "gensim", "own",
            "epoch_seconds", least=1.5, more=3)
    if r.has("word2vec_c"):
        yield from versus(
            r, f"{r.first('word2vec_c')['program']}, 2 threads", "whole run, 5 epochs",
            "word2vec_c", "own", "whole_seconds", least=5)


def itself(r):
    """Against itself, run another way."""
    yield from versus(r, "itself on 1 thread", "training on 2 threads", "own_1", "own",
                      "train_seconds", least=1.8)
    yield from versus(r, "itself built with `-c release`",
                      "training by plain `swift run`; slower by", "own", "own_debug",
                      "train_seconds", slower=True, most=1.2)
    yield from versus(r, "itself with the examples drawn once",
                      "training with `--resample`; slower by", "own", "own_resample",
                      "train_seconds", slower=True, most=1.3)
    small, large = (r.kernel("step", vocabulary=v, threads=2) for v in (6719, 1_000_000))
    if small and large:
        yield row("a vocabulary of 6,719", "a step with a vocabulary of 1,000,000; slower by",
                  milliseconds(small["seconds"]), milliseconds(large["seconds"]),
                  large["seconds"] / small["seconds"], most=3)


def time_to_quality(found):
    """Wall time to a WordSim-353 of 0.40."""
    if not found:
        return
    wall = {name: median([x["whole_seconds"] for x in found[name]]) for name in ("gensim", "own")}
    rho = {name: [x["rho"] for x in found[name]] for name in ("gensim", "own")}
    mean = {name: sum(values) / len(values) for name, values in rho.items()}
    text = {name: f"WS353 {mean[name]:.3f} (mean of {len(rho[name])} seeds, "
                  f"{min(rho[name]):.2f} to {max(rho[name]):.2f})" for name in rho}
    line = row("gensim, 20 epochs, α 0.025",
               f"whole run to WS353 0.40; ours: {found['epochs']} epochs, `{found['options']}`",
               seconds(wall["gensim"]), seconds(wall["own"]), wall["gensim"] / wall["own"],
               least=1, quality=(text["gensim"], text["own"]))
    if mean["own"] < 0.40:
        line[6] = "**no**: 0.40 not reached"
    yield line


def generated(r):
    """The reading of the generated text."""
    if text := r.kernel("read", lane="reading"):
        yield from reading(text, "{megabytes} MB with {vocabulary:,} different words",
                           least=100, more=200)


def vectors(found, r):
    """What is done with 400,000 vectors of 300 numbers."""
    if not found:
        return
    ours = {m["kernel"]: m for m in found["ours"]}
    for kernel, what, least in (
            ("load text", "400,000 × 300 vectors: loading text", 5),
            ("load binary", "loading binary", 1), ("similar", "a question, after loading", 1),
            ("analogies", "200 analogies", 3)):
        theirs, mine = found["theirs"][kernel], ours[kernel]["seconds"]
        yield row("gensim", what, seconds(theirs), seconds(mine), theirs / mine, least=least)
    if "evaluate" in ours:
        theirs, mine = found["theirs"]["evaluate"], ours["evaluate"]["seconds"]
        yield row("gensim", "Google's 19,544 analogies, 50,000 × 100 vectors, `word2vec evaluate`",
                  seconds(theirs), seconds(mine), theirs / mine, least=3)
    many = ours["similar, 1000 at once"]
    if sgemm := r.kernel("sgemm", threads=2):
        rate = many["operations"] / many["seconds"]
        peak = sgemm["operations"] / sgemm["seconds"]
        yield row("sgemm, 2 threads", "1000 questions at once", f"{peak / 1e9:.0f} G/s",
                  f"{rate / 1e9:.0f} G/s", 100 * rate / peak, least=50, unit="%")


def memory(r):
    if not r.has("own"):
        return
    others = [f"{name} {r.median(lane, 'peak_megabytes'):.0f} MB"
              for lane, name in (("d2l", "D2L"), ("gensim", "gensim"), ("word2vec_c", "word2vec.c"))
              if r.has(lane)]
    ours = r.median("own", "peak_megabytes")
    yield row("", "peak memory of the PTB run", ", ".join(others) or "–", f"{ours:.0f} MB", ours,
              most=150, unit="MB")


def step_cost(step):
    """The least bytes and operations of one training step.

    `slots` is the number of context and noise words in the minibatch, `words` how many of them
    are distinct, `centers` how many centre words are, `width` the length of a vector. A slot costs
    three passes of multiply and add (logit, two gradients) and some 30 operations for the loss; a
    touched row costs Adam's some 16 operations per element, and its weights and two moments are
    read and written once. Vectors of centres stay in the cache.
    """
    sizes = step["sizes"]
    rows, width = sizes["words"] + sizes["centers"], sizes["width"]
    operations = sizes["slots"] * (6 * width + 30) + 16 * rows * width
    return operations, 6 * 4 * rows * width + 4 * sizes["slots"]


def physical_limit(r):
    """How near a step comes to what the machine can do."""
    for threads in (1, 2):
        step = r.kernel("step", vocabulary=6719, threads=threads)
        sgemm, copy = r.kernel("sgemm", threads=threads), r.kernel("copy", threads=threads)
        where = f"{threads} thread{'s' if threads > 1 else ''}"
        if not (step and sgemm and copy):
            continue
        operations, moved = step_cost(step)
        peak = sgemm["operations"] / sgemm["seconds"]
        bandwidth = copy["bytes"] / copy["seconds"]
        rate = operations / step["seconds"]
        yield row(f"sgemm, {where}", f"{operations / 1e6:.1f} M operations a step",
                  f"{peak / 1e9:.0f} G/s", f"{rate / 1e9:.1f} G/s", 100 * rate / peak, unit="%")
        flow = moved / step["seconds"]
        yield row(f"copy, {where}", f"{moved / 1e6:.1f} MB a step",
                  f"{bandwidth / 1e9:.1f} GB/s", f"{flow / 1e9:.1f} GB/s",
                  100 * flow / bandwidth, unit="%")
        least = operations / peak + moved / bandwidth
        yield row(f"both limits, one after the other, {where}", "a step", milliseconds(least),
                  milliseconds(step["seconds"]), 100 * least / step["seconds"], unit="%")


# MARK: The page


def treebank(results):
    """The first table and what it shows."""
    r = Rounds(results["rounds"])
    lines = [*peers(r), *itself(r), *time_to_quality(results.get("quality")), *generated(r),
             *vectors(results.get("vectors"), r), *memory(r), *physical_limit(r)]
    if not lines:
        return ""
    rounds, with_d2l = len(r.rounds), r.count("d2l")
    turns = f"{rounds} round{'s' if rounds != 1 else ''}"
    turns += f", D2L's program in {with_d2l} of them" if with_d2l else ""
    return f"""
## On the Penn Treebank

The chapter's settings: vectors of 100, window 5, 5 noise words, minibatches of 512,
5 epochs. All run in turn, {turns}; medians.
D2L's and gensim's times are by their own clocks, without Python's imports; word2vec.c's and ours
from the start of the process to its end, the writing of vectors included. `ratio` is theirs to
ours, unless a line says slower; of several rounds, the median of their ratios.
Quality: the document's running mean loss; Spearman's correlation with WordSim-353 on the 217 pairs
in the vocabulary (its 95 % interval is some ±0.13 wide).
The last lines hold a training step against this machine's peaks: an sgemm, and a copy of 256 MB.
Where the tables fit into the processor's cache, a step may move its bytes faster than that copy.

{table(lines)}
"""


def summary(results):
    """What a person who chooses a trainer needs to know, in three sentences: the first has the
    ratios that were measured."""
    r = Rounds(results["rounds"])
    found = []
    if r.has("gensim", "own"):
        times = figures(r.ratio("gensim", "own", "epoch_seconds"))
        found.append(f"{times} × for a pass over the treebank")
    found += report_text.summary(results.get("text"))
    first = "Choose this trainer where good vectors are wanted soon from the processors at hand"
    if found:
        first += ": gensim takes " + ", ".join(found).replace("×", "× as long", 1)
    return paragraph(
        first + ". The same text, settings and seed give the same bytes on any number of threads "
        "and any x86-64 processor, streamed from disk or not. Who needs CBOW, sub-words or a "
        "graphics processor is better served elsewhere.")


def page(results):
    """The whole of BENCHMARKS.md."""
    m = results["machine"]
    return f"""# Benchmarks

{summary(results)}

Written by `make bench` ({results['command']}) on {m['date']}, commit {results['commit']}.
Machine: {m['processor']}, {m['cores']} cores, {m['gigabytes']} GB, {m['system']}, load at the \
start {m['load']}; {results['swift']}.
{treebank(results)}{report_text.section(results)}{report_busy.section(results)}"""


def engines(results):
    """What five epochs cost, as CSV: a line for each program that was measured.

    The seconds are of whole runs: reading, sampling and training.
    """
    r = Rounds(results["rounds"])
    lines = ["engine,group,seconds"]
    for name, group, lane in (
            ("D2L's program on PyTorch", "others", "d2l"),
            ("D2L's program on MXNet", "others", "d2l_mxnet"),
            ("gensim 2 workers", "others", "gensim"),
            ("word2vec.c 2 threads", "others", "word2vec_c"),
            ("fused engine 1 thread", "this package", "own_1"),
            ("fused engine 2 threads", "this package", "own")):
        if r.has(lane):
            lines.append(f"{name},{group},{r.median(lane, 'whole_seconds'):.2f}")
    step = r.kernel("step-reference", rows=6719) or r.kernel("step-reference", vocabulary=6719)
    if step and r.has("own"):
        seconds = step["seconds"] * 5 * 669 + r.median("own", "data_seconds")
        lines.append(f"reference engine,this package,{seconds:.2f}")
    return "\n".join(lines) + "\n"

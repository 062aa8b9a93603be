"""The table of ratios, from what compare.py measured."""

from measure import median

UNMEASURED = "not measured"


def seconds(value):
    return f"{figures(value)} s"


def figures(value):
    """Three figures, but no power of ten."""
    return f"{value:.3g}" if value < 100 else f"{value:.0f}"


def milliseconds(value):
    return f"{figures(value * 1e3)} ms"


class Results:
    """What was measured, with medians over the rounds."""

    def __init__(self, results):
        self.results = results
        self.rounds = results["rounds"]

    def has(self, *lanes):
        return bool(self.rounds) and all(lane in self.rounds[0] for lane in lanes)

    def median(self, lane, key):
        return median([r[lane].get(key) for r in self.rounds if lane in r])

    def ratio(self, lane, other, key):
        """The median of the rounds' ratios of `lane` to `other`.

        The programs of a round run one soon after the other: a slow spell of the machine is more
        likely to meet both than to meet the medians of both.
        """
        return median([r[lane][key] / r[other][key] for r in self.rounds
                       if lane in r and other in r])

    def kernel(self, name, **sizes):
        """The medians of a kernel at the given sizes, or None where it was not measured."""
        found = [
            m for r in self.rounds for m in r.get("kernels", ())
            if m["kernel"] == name and all(m["sizes"].get(k) == v for k, v in sizes.items())]
        if not found:
            return None
        return {**found[0], "seconds": median([m["seconds"] for m in found])}

    def reading(self):
        """The reading of the generated text, or None where it was not measured."""
        if not self.has("reading"):
            return None
        first = self.rounds[0]["reading"][0]
        return {**first, "seconds": median([r["reading"][0]["seconds"] for r in self.rounds])}

    def quality_of(self, lane):
        parts = []
        if (loss := self.median(lane, "loss")) is not None:
            parts.append(f"loss {loss:.3f}")
        if (rho := self.median(lane, "rho")) is not None:
            parts.append(f"WS353 {rho:.2f}")
        return ", ".join(parts) or "–"


def row(against, what, theirs="", ours="", ratio=None, least=None, most=None, more=None,
        quality=("–", "–"), unit="×"):
    """One line of the table. `least` and `most` are the goal; `more` is hoped for."""
    if ratio is None:
        return [against, what, UNMEASURED, "", "", goal(least, most, more, unit), "", "", ""]
    met = ratio >= least if least is not None else ratio <= most if most is not None else None
    return [against, what, theirs, ours, f"{figures(ratio)} {unit}", goal(least, most, more, unit),
            {True: "yes", False: "**no**", None: ""}[met], *quality]


def goal(least, most, more, unit):
    text = f"≥ {least:g} {unit}" if least is not None else ""
    text += f"≤ {most:g} {unit}" if most is not None else ""
    return text + (f" ({more:g} {unit})" if more is not None else "")


# MARK: The lines, in order


def versus(r, against, what, theirs, ours, key, least=None, most=None, more=None):
    """One line on a time of two lanes: theirs to ours, or with `most` how much slower ours is."""
    if not r.has(theirs, ours):
        return row(against, what, least=least, most=most, more=more)
    ratio = r.ratio(theirs, ours, key) if most is None else r.ratio(ours, theirs, key)
    return row(against, what, seconds(r.median(theirs, key)), seconds(r.median(ours, key)), ratio,
               least=least, most=most, more=more,
               quality=(r.quality_of(theirs), r.quality_of(ours)))


def peers(r):
    """Against other programs."""
    for name, theirs, ours, goals in (
            ("D2L on PyTorch", "d2l", "own", {"least": 40, "more": 80}),
            ("D2L on MXNet", "d2l_mxnet", "own_mxnet", {})):
        note = ""
        if r.has(theirs):
            first = r.rounds[0][theirs]
            name = f"{first['program']}, {first['workers']} workers"
            if first["measured_epochs"] != 5:
                note = f", scaled from {first['measured_epochs']} epoch(s)"
        yield versus(r, name, "whole run, 5 epochs: read, sample, train" + note, theirs, ours,
                     "whole_seconds", **goals)
    name = f"{r.rounds[0]['gensim']['program']}, 2 workers" if r.has("gensim") else "gensim"
    yield versus(r, name, "training, per epoch", "gensim", "own", "epoch_seconds",
                 least=1.5, more=3)
    name = (f"{r.rounds[0]['word2vec_c']['program']}, 2 threads" if r.has("word2vec_c")
            else "word2vec.c")
    yield versus(r, name, "whole run, 5 epochs", "word2vec_c", "own", "whole_seconds", least=5)


def itself(r):
    """Against itself, run another way."""
    yield versus(r, "itself on 1 thread", "training on 2 threads", "own_1", "own",
                 "train_seconds", least=1.8)
    yield versus(r, "itself built with `-c release`",
                 "training by plain `swift run`; slower by", "own", "own_debug",
                 "train_seconds", most=1.2)
    yield versus(r, "itself with the examples drawn once",
                 "training with `--resample`; slower by", "own", "own_resample",
                 "train_seconds", most=1.3)
    small, large = (r.kernel("step", vocabulary=v, threads=2) for v in (6719, 1_000_000))
    what = "a step with a vocabulary of 1,000,000; slower by"
    if small and large:
        yield row("a vocabulary of 6,719", what, milliseconds(small["seconds"]),
                  milliseconds(large["seconds"]), large["seconds"] / small["seconds"], most=3)
    else:
        yield row("a vocabulary of 6,719", what, most=3)


def time_to_quality(r):
    """Wall time to a WordSim-353 of 0.40."""
    found = r.results.get("quality")
    if not found:
        yield row("gensim, 20 epochs, α 0.025", "whole run to WS353 0.40", least=1)
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


def reading(r):
    """How fast a text is read, counted and numbered."""
    text = r.reading()
    if not text:
        yield row("100 MB/s", "reading a text", least=100, more=200, unit="MB/s")
        return
    sizes, rate = text["sizes"], text["bytes"] / text["seconds"] / 1e6
    yield row("", f"reading {sizes['megabytes']} MB with {sizes['vocabulary']:,} different words",
              "–", seconds(text["seconds"]), rate, least=100, more=200, unit="MB/s")


def vectors(r):
    """What is done with 400,000 vectors of 300 numbers."""
    found = r.results.get("vectors")
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
    sgemm = r.kernel("sgemm", threads=2)
    if sgemm:
        rate = many["operations"] / many["seconds"]
        peak = sgemm["operations"] / sgemm["seconds"]
        yield row("sgemm, 2 threads", "1000 questions at once", f"{peak / 1e9:.0f} G/s",
                  f"{rate / 1e9:.0f} G/s", 100 * rate / peak, least=50, unit="%")


def memory(r):
    if not r.has("own"):
        yield row("150 MB", "peak memory of the PTB run", most=150, unit="MB")
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
            yield row(f"the physical limit, {where}", "arithmetic and memory", unit="%")
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

HEADER = ["against", "what", "theirs", "ours", "ratio", "goal", "met",
          "their quality", "our quality"]


def table(results):
    r = Results(results)
    lines = [HEADER, ["---"] * len(HEADER)]
    for part in (peers, itself, time_to_quality, reading, vectors, memory, physical_limit):
        lines += part(r)
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def page(results):
    """The whole of BENCHMARKS.md."""
    m = results["machine"]
    rounds, with_d2l = len(results["rounds"]), sum("d2l" in r for r in results["rounds"])
    turns = f"{rounds} round{'s' if rounds > 1 else ''}, D2L's program in {with_d2l} of them"
    return f"""# Benchmarks

Vectors of a given quality are had here sooner than from the others that were tried: a pass over the
treebank takes a third of gensim's time, one over 22.8 million words as well (half with vectors of
300), and scores more than gensim's pass does ([the settings](Benchmarks/settings.md)). The same text,
settings and seed give the same bytes on any number of threads and any x86-64 processor, streamed from
disk or not. Who needs CBOW, sub-words or a graphics processor is better served elsewhere.

Written by `make bench` ({results['command']}) on {m['date']}, commit {results['commit']}.
Machine: {m['processor']}, {m['cores']} cores, {m['gigabytes']} GB, {m['system']}, load at the \
start {m['load']}; {results['swift']}.

Penn Treebank, the chapter's settings: vectors of 100, window 5, 5 noise words, minibatches of 512,
5 epochs. All run in turn, {turns}; medians.
D2L's and gensim's times are by their own clocks, without Python's imports; word2vec.c's and ours
from the start of the process to its end, the writing of vectors included. `ratio` is theirs to
ours, unless a line says slower; of several rounds, the median of their ratios.
Quality: the document's running mean loss; Spearman's correlation with WordSim-353 on the 217 pairs
in the vocabulary (its 95 % interval is some ±0.13 wide).
The last lines hold a training step against this machine's peaks: an sgemm, and a copy of 256 MB.
Where the tables fit into the processor's cache, a step may move its bytes faster than that copy.

{table(results)}
"""


def engines(results):
    """What five epochs cost, as CSV: a line for each program that was measured.

    The seconds are of whole runs: reading, sampling and training.
    """
    r = Results(results)
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

"""The table of the real text, from what large_text.py measured."""

from lines import Rounds, figures, measured, paragraph, reading, row, table, versus

GOALS = {100: {"gensim": {"least": 3}, "psgnscc": {"least": 3}},
         300: {"gensim": {"least": 2, "more": 3}}}


def one_pass(r):
    """A pass against each of the others."""
    for size, goals in GOALS.items():
        ours, what = f"own-{size}", f"a pass, vectors of {size}"
        for peer, name in (("gensim", ", 2 workers"), ("psgnscc", ", 2 threads")):
            theirs = f"{peer}-{size}"
            if r.has(theirs, ours):
                name = r.first(theirs)["program"] + name
                yield from versus(r, name, f"{what}: training", theirs, ours, "train_seconds",
                                  **goals.get(peer, {}))
                yield from versus(r, name, f"{what}: whole run", theirs, ours, "whole_seconds")
        for peer in ("fasttext", "word2vec.c"):
            theirs = f"{peer}-{size}"
            if r.has(theirs, ours):
                name = r.first(theirs)["program"] + ", 2 threads"
                yield from versus(r, name, f"{what}: whole run", theirs, ours, "whole_seconds")


def time_to_quality(r):
    """The default settings against five passes of gensim."""
    if not r.has("gensim-5", "own-default"):
        return
    for line in versus(r, f"{r.first('gensim-5')['program']}, 2 workers, 5 passes",
                       f"from the text to vectors of 100; ours: no settings, {passes(r)} passes",
                       "gensim-5", "own-default", "whole_seconds", least=6):
        lower = [name for key, name in (("rho", "WS353"), ("analogies", "analogies"))
                 if behind(r, key)]
        if lower:
            line[6] = f"**no**: {' and '.join(lower)} lower"
        yield line


def passes(r):
    """How often the default settings went through the text."""
    return round(r.median("own-default", "words") / r.words)


def behind(r, key):
    """Whether the default settings' vectors score less than gensim's."""
    theirs, ours = r.median("gensim-5", key), r.median("own-default", key)
    return theirs is not None and ours is not None and ours < theirs


def streamed(r):
    """A text left on the disk against one held in memory."""
    against, what = "itself, the text in memory", "a pass with `--stream`"
    yield from versus(r, against, f"{what}: training; slower by", "own-memory", "own-stream",
                      "train_seconds", slower=True, most=1.15)
    yield from versus(r, against, f"{what}: whole run; slower by", "own-memory", "own-stream",
                      "whole_seconds", slower=True)
    if r.has("own-memory", "own-stream"):
        theirs, ours = (r.median(lane, "peak_megabytes") for lane in ("own-memory", "own-stream"))
        yield row(against, f"{what}: peak memory", f"{theirs:.0f} MB", f"{ours:.0f} MB",
                  theirs / ours)


def read(r):
    """How fast the text is read, and a gigabyte of it."""
    if text := r.kernel("read", lane="reading"):
        yield from reading(text, "this text, {vocabulary:,} different words")
    if text := r.kernel("read", lane="reading-gigabyte"):
        yield from reading(text, "{megabytes:,} MB, this text over and over", least=400)


class Measured(Rounds):
    """The rounds, and the text's number of words."""

    def __init__(self, found):
        super().__init__(found["rounds"])
        self.words = found["text"]["words"]


def section(results):
    """The table and what it shows, or nothing where no text was measured."""
    found = results.get("text")
    if not found:
        return ""
    r = Measured(found)
    lines = [*one_pass(r), *time_to_quality(r), *streamed(r), *read(r)]
    if not lines:
        return ""
    rounds, slow = len(r.rounds), max(
        r.count(f"{peer}-{size}") for peer in ("fasttext", "word2vec.c") for size in GOALS)
    turns = f"{rounds} round{'s' if rounds != 1 else ''}"
    turns += f" (fastText and word2vec.c in {slow} of them)" if 0 < slow < rounds else ""
    shown = paragraph(f"""
        `word2vec train` with the settings that it chooses ([how](Benchmarks/settings.md)), the
        others with their own rates and without sub-words, all with words that occur 10 times,
        window 5, 5 noise words, subsampling at 10⁻⁴ and 2 threads, in turn on
        {found['text']['name']} ({found['text']['bytes'] / 1e6:.0f} MB), {turns}, medians; all
        vectors are judged by `word2vec evaluate`, by WordSim-353 (Spearman's correlation) and
        Google's analogies. `training` is by each program's own clock, a whole run goes from the
        start of the process to its end, gensim's and fastText's without imports and without the
        writing of vectors.""")
    return f"""
## On a real text of {millions(r.words)}

{shown}
{measured(found, results, "text")}

{table(lines)}
"""


def millions(words):
    return f"{words / 1e6:.1f} million words" if words >= 1e6 else f"{words:,} words"


def summary(found):
    """What the first paragraph of the page says of it: how much longer gensim takes, in clauses."""
    if not found:
        return []
    r, clauses = Measured(found), []
    for size, over in ((100, f"a pass over {millions(r.words)}"),
                       (300, "such a pass with vectors of 300")):
        if r.has(f"gensim-{size}", f"own-{size}"):
            times = figures(r.ratio(f"gensim-{size}", f"own-{size}", "train_seconds"))
            clauses.append(f"{times} × for {over}")
    if r.has("gensim-5", "own-default"):
        times = figures(r.ratio("gensim-5", "own-default", "whole_seconds"))
        scores = [f"{name} {show(r.median('gensim-5', key))} there and "
                  f"{show(r.median('own-default', key))} here"
                  for key, name, show in (
                      ("rho", "WordSim-353", "{:.2f}".format),
                      ("analogies", "analogies", lambda value: f"{100 * value:.1f} %"))
                  if r.median("own-default", key) is not None]
        clauses.append(f"{times} × for its five passes over that text against the settings that "
                       "this trainer chooses itself"
                       + (f" ({', '.join(scores)})" if scores else ""))
    return clauses

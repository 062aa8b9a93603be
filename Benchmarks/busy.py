"""Training on the treebank beside processes that keep the cores busy, all on two cores."""

import contextlib
import os
import subprocess
import sys

import contestants


@contextlib.contextmanager
def two_cores():
    """Keeps this process, and what it starts, on two cores, where the system can do that."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(before)[:2])
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


# Counts as long as its parent lives.
BUSY = """
import os
parent = os.getppid()
while os.getppid() == parent:
    for _ in range(1_000_000):
        pass
"""


@contextlib.contextmanager
def beside(count):
    """So many processes that keep a core busy each, while the block runs."""
    running = [subprocess.Popen([sys.executable, "-I", "-S", "-c", BUSY]) for _ in range(count)]
    try:
        yield
    finally:
        for process in running:
            process.kill()
            process.wait()


def lanes(setting, chapter):
    """Who trains beside how many busy processes: name → threads, busy processes, a call."""
    def own(threads):
        return lambda i: contestants.own(setting, chapter, threads=threads, seed=i)

    def gensim(i):
        return contestants.gensim(setting, seed=i + 1)

    return {
        "own-2-beside-0": (0, own(2)), "own-2-beside-1": (1, own(2)),
        "own-1-beside-1": (1, own(1)), "own-2-beside-2": (2, own(2)),
        "gensim-beside-0": (0, gensim), "gensim-beside-1": (1, gensim),
    }


def collect(setting, chapter, rounds, found, save):
    """Runs the lanes in turn; `save` is called after each round."""
    with two_cores():
        for i in range(rounds):
            found["rounds"].append({})
            for name, (count, lane) in lanes(setting, chapter).items():
                with beside(count):
                    found["rounds"][i][name] = lane(i)
            save()


def csv(found):
    """The seconds of each training."""
    lines = ["round,lane,train_seconds,whole_seconds"]
    for number, row in enumerate(found["rounds"], start=1):
        lines += [f"{number},{name},{told['train_seconds']:.4g},{told['whole_seconds']:.4g}"
                  for name, told in row.items()]
    return "\n".join(lines) + "\n"

"""The table of training beside busy processes, from what busy.py measured."""

from lines import Rounds, measured, paragraph, table, versus


def lines(r):
    quiet, one, two = (f"own-2-beside-{count}" for count in (0, 1, 2))
    yield from versus(r, "itself, quiet", "2 threads beside one busy process; slower by",
                      quiet, one, "train_seconds", slower=True, most=1.5)
    yield from versus(r, "itself on 1 thread beside one", "2 threads beside the same; slower by",
                      "own-1-beside-1", one, "train_seconds", slower=True, most=1)
    yield from versus(r, "itself, quiet", "2 threads beside two busy processes; slower by",
                      quiet, two, "train_seconds", slower=True, most=2.3)
    for count, where in ((0, "quiet"), (1, "beside one busy process")):
        theirs, ours = f"gensim-beside-{count}", f"own-2-beside-{count}"
        if r.has(theirs, ours):
            yield from versus(r, f"{r.first(theirs)['program']}, 2 workers", where, theirs, ours,
                              "train_seconds")


def section(results):
    """The table and what it shows, or nothing where it was not measured."""
    found = results.get("busy")
    r = Rounds(found["rounds"] if found else [])
    made = list(lines(r))
    if not made:
        return ""
    rounds = f"{len(r.rounds)} round{'s' if len(r.rounds) != 1 else ''}"
    shown = paragraph(f"""
        The treebank's five epochs on two cores, training alone by each program's own clock, beside
        none, one or two processes that do nothing but count; in turn, {rounds}, medians. What two
        cores give to two threads is 1.33 × the quiet time beside one such process, 2 × beside
        two.""")
    return f"""
## Beside busy processes

{shown}
{measured(found, results, "busy")}

{table(made)}
"""

#!/usr/bin/env python3
"""What the document's authors have published of this chapter, as one small table.

    published.py --runs published-runs.csv --curves published-curves.csv > published.csv

The table is kept as Sources/D2L/Published/published.csv.

`--runs` names the executed copies of the chapter that its authors have published, one a line: `run`,
`framework`, `printed_loss`, `loss_from_curve`, `chip_neighbours` ("word cosine; word cosine; …").
`--curves` holds the points of their loss figures: `run`, `epoch`, `running_mean`.

The table has a line for each figure of a tab, MXNet or PyTorch:

    running mean      at the epoch in `key`, over all the runs of the tab: how many, their mean,
                      standard deviation (n - 1), least and greatest. The epoch is the mean over the
                      runs as well: a run marks every fifth of its minibatches, rounded down, and
                      their number differs by one or two. At an epoch's end it is the end itself.
    printed loss      `key` is the loss as printed, `count` how many runs printed it
    first neighbour   `key` is the word that came first for "chip", `count` in how many runs
    final             `key` is a run's last running mean, `count` how many runs ended there
"""

import argparse
import collections
import csv
import statistics
import sys

TABS = ["mxnet", "pytorch"]
EPOCHS = 5


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def marks(points):
    """The points at the fifths of every epoch: four within it, then its end."""
    chosen = []
    for epoch in range(EPOCHS):
        inside = [p for p in points if epoch < p[0] < epoch + 1]
        ends = [p for p in points if p[0] == epoch + 1]
        if len(inside) not in (4, 5) or len(ends) != 1:
            raise ValueError(f"epoch {epoch + 1} has {len(inside)} points and {len(ends)} ends")
        chosen += inside[:4] + ends
    return chosen


def running_means(curves):
    """Lines of the table for the curves of a tab's runs, each a list of (epoch, running mean)."""
    for points in zip(*map(marks, curves)):
        epochs, losses = zip(*points)
        yield [
            "running mean", f"{statistics.fmean(epochs):.4f}", len(losses),
            f"{statistics.fmean(losses):.7f}", f"{statistics.stdev(losses):.7f}",
            f"{min(losses):.7f}", f"{max(losses):.7f}",
        ]


def counted(figure, keys):
    """Lines of the table for how often each key occurs, by key."""
    for key, count in sorted(collections.Counter(keys).items()):
        yield [figure, key, count, "", "", "", ""]


def table(runs, points):
    curves = collections.defaultdict(list)
    for point in points:
        curves[point["run"]].append((float(point["epoch"]), float(point["running_mean"])))
    for tab in TABS:
        own = [run for run in runs if run["framework"] == tab]
        for run in own:
            last = curves[run["run"]][-1][1]
            if abs(last - float(run["loss_from_curve"])) > 1e-6:
                raise ValueError(f"run {run['run']} ends at {last}, not {run['loss_from_curve']}")
        lines = [
            *running_means([curves[run["run"]] for run in own]),
            *counted("printed loss", [run["printed_loss"] for run in own]),
            *counted("first neighbour", [run["chip_neighbours"].split()[0] for run in own]),
            *counted("final", [run["loss_from_curve"] for run in own]),
        ]
        yield from ([tab, *line] for line in lines)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", required=True, metavar="FILE")
    parser.add_argument("--curves", required=True, metavar="FILE")
    options = parser.parse_args()
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(
        ["tab", "figure", "key", "count", "mean", "deviation", "least", "greatest"])
    writer.writerows(table(rows(options.runs), rows(options.curves)))


if __name__ == "__main__":
    main()

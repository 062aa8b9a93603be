"""Lines of the tables of ratios, and what they are made of: medians and ratios over the rounds."""

import textwrap

from measure import median

HEADER = ["against", "what", "theirs", "ours", "ratio", "goal", "met",
          "their quality", "our quality"]


def seconds(value):
    return f"{figures(value)} s"


def figures(value):
    """Three figures, but no power of ten."""
    return f"{value:.3g}" if value < 100 else f"{value:.0f}"


def milliseconds(value):
    return f"{figures(value * 1e3)} ms"


class Rounds:
    """What was measured in rounds: each has what its lanes gave, by their names."""

    def __init__(self, rounds):
        self.rounds = rounds

    def has(self, *lanes):
        """Whether there is a round with all of these lanes."""
        return any(all(lane in r for lane in lanes) for r in self.rounds)

    def first(self, lane):
        """What the lane gave when it first ran."""
        return next(r[lane] for r in self.rounds if lane in r)

    def count(self, lane):
        """In how many rounds the lane ran."""
        return sum(lane in r for r in self.rounds)

    def median(self, lane, key):
        return median([r[lane].get(key) for r in self.rounds if lane in r])

    def ratio(self, lane, other, key):
        """The median of the rounds' ratios of `lane` to `other`.

        The programs of a round run one soon after the other: a slow spell of the machine is more
        likely to meet both than to meet the medians of both.
        """
        return median([r[lane][key] / r[other][key] for r in self.rounds
                       if lane in r and other in r])

    def kernel(self, name, lane="kernels", **sizes):
        """The medians of a kernel at the given sizes, or None where it was not measured."""
        found = [
            m for r in self.rounds for m in r.get(lane, ())
            if m["kernel"] == name and all(m["sizes"].get(k) == v for k, v in sizes.items())]
        if not found:
            return None
        return {**found[0], "seconds": median([m["seconds"] for m in found])}

    def quality(self, lane):
        parts = []
        if (loss := self.median(lane, "loss")) is not None:
            parts.append(f"loss {loss:.3f}")
        if (rho := self.median(lane, "rho")) is not None:
            parts.append(f"WS353 {rho:.2f}")
        if (accuracy := self.median(lane, "analogies")) is not None:
            parts.append(f"analogies {100 * accuracy:.1f} %")
        return ", ".join(parts) or "–"


def row(against, what, theirs, ours, ratio, least=None, most=None, more=None,
        quality=("–", "–"), unit="×"):
    """One line of a table. `least` and `most` are the goal; `more` is hoped for."""
    met = ratio >= least if least is not None else ratio <= most if most is not None else None
    return [against, what, theirs, ours, f"{figures(ratio)} {unit}", goal(least, most, more, unit),
            {True: "yes", False: "**no**", None: ""}[met], *quality]


def goal(least, most, more, unit):
    text = f"≥ {least:g} {unit}" if least is not None else ""
    text += f"≤ {most:g} {unit}" if most is not None else ""
    return text + (f" ({more:g} {unit})" if more is not None else "")


def versus(r, against, what, theirs, ours, key, slower=False, **goals):
    """A line on a time of two lanes, where both were measured: theirs to ours, or how much slower
    ours is."""
    if r.has(theirs, ours):
        ratio = r.ratio(ours, theirs, key) if slower else r.ratio(theirs, ours, key)
        yield row(against, what, seconds(r.median(theirs, key)), seconds(r.median(ours, key)),
                  ratio, quality=(r.quality(theirs), r.quality(ours)), **goals)


def reading(text, what, **goals):
    """How fast a text is read, counted and numbered, by what `kernels read` measured of it."""
    rate = text["bytes"] / text["seconds"] / 1e6
    yield row("", f"reading {what.format(**text['sizes'])}", "–", seconds(text["seconds"]), rate,
              unit="MB/s", **goals)


def table(lines):
    """The lines below their heads, as Markdown."""
    return "\n".join("| " + " | ".join(line) + " |"
                     for line in [HEADER, ["---"] * len(HEADER), *lines])


def paragraph(text):
    """A text filled to lines of a hundred."""
    return textwrap.fill(" ".join(text.split()), 100, break_on_hyphens=False)


def measured(found, results, name):
    """Where each run of a part is, and when and how it was measured, unless as all of the page."""
    file = f"Benchmarks/results/{name}.csv"
    text = f"Each run is in [{file}]({file}). "
    for about in found["about"]:
        if (about["command"], about["commit"]) != (results["command"], results["commit"]):
            text += (f"Measured by `{about['command']}` on {about['date']}, commit "
                     f"{about['commit']}, load at the start {about['load']}. ")
    return paragraph(text)

#!/usr/bin/env python3
"""Measures this package beside its peers and writes one table of ratios, BENCHMARKS.md.

    Benchmarks/peers/setup.sh
    Benchmarks/.venv/bin/python Benchmarks/compare.py

The contestants run in turn (A B C A B C …), so that a slow spell of the machine meets all of them;
of each the median over the rounds counts. D2L's programs take minutes, the others seconds: they sit
the later rounds out. What was measured is kept as JSON in
Benchmarks/.venv/results.json; `--render FILE` makes the table of such a file again.
"""

import argparse
import json
import os
import pathlib
import shlex
import subprocess
import sys

import contestants
import measure
import report
import zipf

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
PENN = pathlib.Path(os.environ.get("WORD2VEC_DATA", ROOT / "data/ptb")) / "ptb.train.txt"
PARTS = [
    "d2l", "d2l-mxnet", "gensim", "word2vec.c", "own", "kernels", "vectors", "quality"]


def parse_arguments():
    parser = argparse.ArgumentParser(description="This package beside its peers.")
    parser.add_argument("--data", default=PENN, help="the text")
    parser.add_argument(
        "--eval", help="a folder with wordsim353.tsv and questions-words.txt, to judge vectors by")
    parser.add_argument("--rounds", type=int, default=9, help="at least 3 for figures that count")
    parser.add_argument("--d2l-rounds", type=int, default=3, help="the first, with D2L too")
    parser.add_argument("--d2l-epochs", type=int, default=5, help="fewer are scaled up to five")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--quality-seeds", type=int, default=5)
    parser.add_argument("--quality-epochs", type=int, default=12, help="this package's")
    parser.add_argument(
        "--quality-options",
        default="--resample --resubsample --context-start zero --lr 0.004 --lr-decay linear "
        "--max-window 15 --table both",
        help="this package's further options for the time to a WordSim-353 of 0.40")
    parser.add_argument("--chapter", help="a chapter-training to use instead of building both")
    parser.add_argument("--kernels", help="a kernels program to use instead of building it")
    parser.add_argument("--results", default=HERE / ".venv/results.json")
    parser.add_argument("--output", default=ROOT / "BENCHMARKS.md")
    parser.add_argument("--render", metavar="FILE", help="only write the table of these results")
    return parser.parse_args()


def command_line():
    """The command as it was typed, without the places that are this machine's own."""
    words = [pathlib.Path(word).name if "/" in word else word for word in sys.argv[1:]]
    return shlex.join(["compare.py", *words])


def build(package, product, configuration):
    """Builds a product and returns its path."""
    command = ["swift", "build", "--package-path", package, "-c", configuration]
    measure.say(f"building {product} ({configuration})")
    # Package.swift compiles for the processor at hand only in its own folder.
    os.environ.setdefault("WORD2VEC_MARCH", "native")
    built = subprocess.run([*command, "--product", product], capture_output=True, text=True)
    if built.returncode != 0:
        sys.exit(f"{product} does not build:\n{built.stdout[-3000:]}{built.stderr[-3000:]}")
    folder = subprocess.run(
        [*command, "--show-bin-path"], capture_output=True, text=True, check=True)
    return pathlib.Path(folder.stdout.strip()) / product


def programs(options):
    """The Swift programs that the chosen parts need, by name."""
    found = {}
    if {"own", "quality", "d2l-mxnet"} & set(options.only):
        found["release"] = options.chapter or build(ROOT, "chapter-training", "release")
    if "own" in options.only:
        found["debug"] = options.chapter or build(ROOT, "chapter-training", "debug")
    if {"kernels", "vectors"} & set(options.only):
        found["kernels"] = options.kernels or build(HERE, "kernels", "release")
    if "vectors" in options.only and options.eval:
        found["word2vec"] = build(ROOT, "word2vec", "release")
    return found


def fastest_workers(setting, options):
    """Whether D2L's program is faster with 0 or with 4 loader workers, by one epoch of each."""
    seconds = {
        workers: contestants.d2l(setting, epochs=1, workers=workers)["whole_seconds"]
        for workers in (0, 4)}
    measure.say(f"D2L, scaled to 5 epochs, seconds by workers: {seconds}")
    return min(seconds, key=seconds.get)


def reading_text(scratch):
    """A text of 108 MB with 915,000 different words, made when it is first asked for."""
    path = scratch / "zipf-reading.txt"
    if not path.exists():
        measure.say(f"writing {path.name}")
        zipf.write(path, 20_000_000, 1_000_000)
    return path


def lanes(setting, options, swift):
    """What runs in each round, in order: name → a call that runs it with the round's number."""
    found = {}
    if "d2l" in options.only:
        workers = fastest_workers(setting, options)
        found["d2l"] = lambda i: contestants.d2l(setting, options.d2l_epochs, workers, seed=i)
    if "d2l-mxnet" in options.only:
        if contestants.mxnet_python():
            found["d2l_mxnet"] = lambda i: contestants.d2l(
                setting, options.d2l_epochs, seed=i, tab="mxnet")
            found["own_mxnet"] = lambda i: contestants.own(
                setting, swift["release"], seed=i, options=["--tab", "mxnet"])
        else:
            measure.say("no MXNet: peers/setup_mxnet.sh installs it, MXNET_PYTHON names one that is")
    if "gensim" in options.only:
        found["gensim"] = lambda i: contestants.gensim(setting, seed=i + 1)
    if "word2vec.c" in options.only:
        found["word2vec_c"] = lambda i: contestants.word2vec_c(setting)
    if "own" in options.only:
        found["own"] = lambda i: contestants.own(setting, swift["release"], seed=i)
        found["own_1"] = lambda i: contestants.own(setting, swift["release"], threads=1, seed=i)
        found["own_debug"] = lambda i: contestants.own(setting, swift["debug"], seed=i)
        found["own_resample"] = lambda i: contestants.own(
            setting, swift["release"], seed=i, options=["--resample"])
    if "kernels" in options.only:
        found["kernels"] = lambda i: contestants.kernels(setting, swift["kernels"])
        text = reading_text(setting.scratch)
        found["reading"] = lambda i: contestants.kernels(
            setting, swift["kernels"], groups=["read"], data=text)
    return found


def quality(setting, options, swift):
    """gensim's 20 epochs and this package's quality settings in turn, a seed a round."""
    found = {"gensim": [], "own": [], "options": options.quality_options,
             "epochs": options.quality_epochs}
    for seed in range(1, options.quality_seeds + 1):
        found["gensim"].append(contestants.gensim(setting, epochs=20, seed=seed))
        found["own"].append(contestants.own(
            setting, swift["release"], epochs=options.quality_epochs, seed=seed,
            options=shlex.split(options.quality_options)))
    return found


def collect(options):
    wordsim = pathlib.Path(options.eval) / "wordsim353.tsv" if options.eval else None
    questions = pathlib.Path(options.eval) / "questions-words.txt" if options.eval else None
    for path in filter(None, (options.data, wordsim, questions)):
        if not pathlib.Path(path).is_file():
            sys.exit(f"there is no {path}; `make data` fetches the text, --data and --eval name "
                     "other places")
    results = {
        "machine": measure.machine(),
        "command": command_line(),
        "swift": measure.first_line(["swift", "--version"]),
        "commit": measure.first_line(["git", "-C", ROOT, "rev-parse", "--short", "HEAD"]),
        "rounds": [],
    }
    if results["machine"]["load"] > 0.5:
        measure.say(f"the machine is not quiet: load {results['machine']['load']}")
    swift = programs(options)
    scratch = HERE / ".venv/scratch"
    setting = contestants.Setting(options.data, scratch, wordsim, results["machine"]["cores"])
    running = lanes(setting, options, swift)
    for i in range(options.rounds):
        results["rounds"].append({
            name: lane(i) for name, lane in running.items()
            if name not in ("d2l", "d2l_mxnet") or i < options.d2l_rounds})
        save(results, options.results)
    if "vectors" in options.only:
        results["vectors"] = contestants.vectors(
            setting, swift["kernels"], swift.get("word2vec"), questions)
        save(results, options.results)
    if "quality" in options.only and wordsim:
        results["quality"] = quality(setting, options, swift)
        save(results, options.results)
    return results


def save(results, path):
    """Writes the results whole or not at all."""
    path = pathlib.Path(path)
    part = path.with_name(path.name + ".part")
    part.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    part.replace(path)


def main():
    options = parse_arguments()
    if options.render:
        results = json.loads(pathlib.Path(options.render).read_text(encoding="utf-8"))
    else:
        results = collect(options)
    text = report.page(results)
    (HERE / "results").mkdir(exist_ok=True)
    for output, content in ((pathlib.Path(options.output), text),
                            (HERE / "results/engines.csv", report.engines(results))):
        part = output.with_name(output.name + ".part")
        part.write_text(content, encoding="utf-8")
        part.replace(output)
    print(text, end="")


if __name__ == "__main__":
    main()

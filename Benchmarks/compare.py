#!/usr/bin/env python3
"""Measures this package beside its peers and writes one table of ratios, BENCHMARKS.md.

    Benchmarks/peers/setup.sh
    Benchmarks/.venv/bin/python Benchmarks/compare.py [--text FILE] [--eval FOLDER]

The contestants run in turn (A B C A B C …), so that a slow spell of the machine meets all of them;
of each the median over the rounds counts. D2L's programs take minutes, the others seconds: they sit
the later rounds out. What was measured is kept as JSON in
Benchmarks/.venv/results.json; `--render FILE` makes the page of such a file again, and `--keep`
leaves in it what other parts gave before.
"""

import argparse
import json
import os
import pathlib
import shlex
import subprocess
import sys

import busy
import contestants
import large_text
import measure
import report
import zipf

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
PENN = pathlib.Path(os.environ.get("WORD2VEC_DATA", ROOT / "data/ptb")) / "ptb.train.txt"
TREEBANK = ["d2l", "d2l-mxnet", "gensim", "word2vec.c", "own", "kernels"]
PARTS = [*TREEBANK, "vectors", "quality", "busy", *large_text.PARTS]


def parse_arguments():
    parser = argparse.ArgumentParser(description="This package beside its peers.")
    parser.add_argument("--data", default=PENN, help="the treebank, or another text of its size")
    parser.add_argument(
        "--text", help="a large text for the parts text-*, such as real_text.py makes")
    parser.add_argument(
        "--eval", help="a folder with wordsim353.tsv and questions-words.txt, to judge vectors by")
    parser.add_argument("--rounds", type=int, default=9, help="at least 3 for figures that count")
    parser.add_argument("--d2l-rounds", type=int, default=3, help="the first, with D2L too")
    parser.add_argument("--d2l-epochs", type=int, default=5, help="fewer are scaled up to five")
    parser.add_argument("--text-rounds", type=int, default=3, help="of the large text")
    parser.add_argument(
        "--slow-rounds", type=int, default=1, help="the first, with fastText and word2vec.c too")
    parser.add_argument("--busy-rounds", type=int, default=5, help="beside busy processes")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument(
        "--peers", nargs="*", choices=large_text.PEERS, default=large_text.PEERS,
        help="who takes part on the large text")
    parser.add_argument(
        "--reading-megabytes", type=int, default=1000,
        help="the large text is read so often repeated that it has these")
    parser.add_argument("--quality-seeds", type=int, default=5)
    parser.add_argument("--quality-epochs", type=int, default=12, help="this package's")
    parser.add_argument(
        "--quality-options",
        default="--resample --resubsample --context-start zero --lr 0.004 --lr-decay linear "
        "--max-window 15 --table both",
        help="this package's further options for the time to a WordSim-353 of 0.40")
    parser.add_argument("--chapter", help="a chapter-training to use instead of building both")
    parser.add_argument("--command", help="a word2vec program to use instead of building it")
    parser.add_argument("--kernels", help="a kernels program to use instead of building it")
    parser.add_argument("--results", default=HERE / ".venv/results.json")
    parser.add_argument("--output", default=ROOT / "BENCHMARKS.md")
    parser.add_argument(
        "--keep", action="store_true", help="keep what the results have of other parts")
    parser.add_argument("--render", metavar="FILE", help="only write the page of these results")
    options = parser.parse_args()
    if not options.text and (left := set(options.only) & set(large_text.PARTS)):
        measure.say(f"no --text: {', '.join(sorted(left))} left out")
        options.only = [part for part in options.only if part not in left]
    return options


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
    if {"own", "quality", "d2l-mxnet", "busy"} & set(options.only):
        found["release"] = options.chapter or build(ROOT, "chapter-training", "release")
    if "own" in options.only:
        found["debug"] = options.chapter or build(ROOT, "chapter-training", "debug")
    if {"kernels", "vectors", "text-reading"} & set(options.only):
        found["kernels"] = options.kernels or build(HERE, "kernels", "release")
    on_text = set(options.only) & set(large_text.PARTS)
    if on_text or ("vectors" in options.only and options.eval):
        found["word2vec"] = options.command or build(ROOT, "word2vec", "release")
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


def kept(options):
    """What the results file has already, or what every results file begins with."""
    path = pathlib.Path(options.results)
    if options.keep and path.is_file():
        return json.loads(path.read_text(encoding="utf-8"))
    about = measure.about(command_line())
    return {
        "machine": measure.machine(), "command": about["command"], "commit": about["commit"],
        "swift": measure.first_line(["swift", "--version"]), "rounds": [],
    }


def collect(options):
    wordsim = pathlib.Path(options.eval) / "wordsim353.tsv" if options.eval else None
    questions = pathlib.Path(options.eval) / "questions-words.txt" if options.eval else None
    data = options.data if set(options.only) - set(large_text.PARTS) else None
    for path in filter(None, (data, options.text, wordsim, questions)):
        if not pathlib.Path(path).is_file():
            sys.exit(f"there is no {path}; `make data` fetches the treebank, --data, --text and "
                     "--eval name other places")
    results = kept(options)
    machine = measure.machine()
    if machine["load"] > 0.5:
        measure.say(f"the machine is not quiet: load {machine['load']}")
    swift = programs(options)
    scratch = HERE / ".venv/scratch"
    setting = contestants.Setting(options.data, scratch, wordsim, machine["cores"])

    def save():
        measure.save(options.results, json.dumps(results, indent=1) + "\n")

    chosen = set(options.only)
    if chosen & set(TREEBANK):
        results["rounds"] = []
        running = lanes(setting, options, swift)
        for i in range(options.rounds):
            results["rounds"].append({
                name: lane(i) for name, lane in running.items()
                if name not in ("d2l", "d2l_mxnet") or i < options.d2l_rounds})
            save()
    if "vectors" in chosen:
        results["vectors"] = contestants.vectors(
            setting, swift["kernels"], swift.get("word2vec"), questions)
        save()
    if "quality" in chosen and wordsim:
        results["quality"] = quality(setting, options, swift)
        save()
    if "busy" in chosen:
        results["busy"] = {"about": [measure.about(command_line())], "rounds": []}
        busy.collect(setting, swift["release"], options.busy_rounds, results["busy"], save)
    if parts := chosen & set(large_text.PARTS):
        of = large_text.sizes(options.text)
        if not options.keep or results.get("text", {}).get("text") != of:
            results["text"] = {"text": of, "about": [], "rounds": []}
        results["text"]["about"].append(measure.about(command_line()))
        on_text = contestants.Setting(
            pathlib.Path(options.text).resolve(), scratch.resolve(), None, machine["cores"])
        running = large_text.Lanes(
            on_text, parts, options.peers, swift["word2vec"], swift.get("kernels"),
            (wordsim, questions), options.reading_megabytes * 1_000_000)
        large_text.collect(
            running, options.text_rounds, options.slow_rounds, results["text"], save)
    save()
    return results


def main():
    options = parse_arguments()
    if options.render:
        results = json.loads(pathlib.Path(options.render).read_text(encoding="utf-8"))
    else:
        results = collect(options)
    written = [(options.output, report.page(results))]
    if results["rounds"]:
        written.append((HERE / "results/engines.csv", report.engines(results)))
    for name, of in (("text", large_text), ("busy", busy)):
        if name in results:
            written.append((HERE / f"results/{name}.csv", of.csv(results[name])))
    for path, content in written:
        measure.save(path, content)
    print(written[0][1], end="")


if __name__ == "__main__":
    main()

"""Who takes part in the comparison, and how each is started and read.

Every contestant's `run` returns a dictionary with, as far as it applies:

    whole_seconds   reading, sampling and training; without an interpreter's imports
    data_seconds    of these, before training
    train_seconds   of these, training
    epochs          how many were trained
    loss            the document's running mean loss
    rho             WordSim-353 of the centre vectors
    peak_megabytes  the largest resident set
"""

import importlib.util
import json
import os
import pathlib
import re
import sys

import evaluate
import measure

HERE = pathlib.Path(__file__).resolve().parent


def judge(vectors, wordsim):
    """WordSim-353 of a file of vectors, or None without the test set."""
    if not wordsim:
        return None
    return evaluate.word_similarity(evaluate.Vectors.read(vectors), wordsim).get("rho")


class Setting:
    """What all contestants share: the text, where to write, how to judge."""

    def __init__(self, data, scratch, wordsim, cores):
        self.data, self.wordsim, self.cores = data, wordsim, cores
        self.scratch = pathlib.Path(scratch)
        self.scratch.mkdir(parents=True, exist_ok=True)
        self.log = self.scratch / "stderr.log"

    def vectors(self, name):
        return self.scratch / f"{name}.vec"


def mxnet_python():
    """The interpreter that has MXNet, or None: peers/setup_mxnet.sh makes one."""
    python = pathlib.Path(os.environ.get("MXNET_PYTHON") or HERE / ".venv/mxnet/bin/python")
    return python if python.is_file() else None


def d2l(setting, epochs=5, workers=0, seed=0, tab="pytorch"):
    """D2L's own program of a tab. Fewer than five epochs are scaled up, and give no quality."""
    vectors = setting.vectors(f"d2l-{tab}")
    python = mxnet_python() if tab == "mxnet" else sys.executable
    result = measure.run([
        python, HERE / f"peers/d2l_{tab}.py", "--data", setting.data,
        "--epochs", epochs, "--workers", workers, "--seed", seed, "--save", vectors,
    ], log=setting.log)
    told = result.last_json()
    train = sum(told["epoch_seconds"]) * 5 / epochs
    whole_run = epochs == 5
    return {
        "program": told["program"], "workers": workers, "epochs": 5, "measured_epochs": epochs,
        "data_seconds": told["data_seconds"], "train_seconds": train,
        "whole_seconds": told["data_seconds"] + train,
        "loss": told["loss"] if whole_run else None,
        "rho": judge(vectors, setting.wordsim) if whole_run else None,
        "peak_megabytes": result.peak_megabytes,
    }


def gensim(setting, epochs=5, seed=1, threads=2, data=None, **options):
    """gensim with the chapter's settings; `options` are the script's own, such as `size`."""
    vectors = setting.vectors("gensim")
    extra = [x for name, value in options.items()
             for x in (f"--{name.replace('_', '-')}", value)]
    result = measure.run([
        sys.executable, HERE / "peers/gensim_sg.py", "--data", data or setting.data,
        "--epochs", epochs, "--seed", seed, "--threads", threads, "--save", vectors, *extra,
    ], environment={"PYTHONHASHSEED": "0"}, log=setting.log)
    told = result.last_json()
    return {
        "program": told["program"], "epochs": epochs,
        "data_seconds": told["data_seconds"], "train_seconds": sum(told["epoch_seconds"]),
        "epoch_seconds": measure.median(told["epoch_seconds"]),
        "whole_seconds": told["wall_seconds"],
        "rho": None if data else judge(vectors, setting.wordsim),
        "peak_megabytes": result.peak_megabytes,
    }


def short_name(setting, data):
    """A name in the scratch folder for a text: word2vec.c and its like hold 99 bytes of a path."""
    link = setting.scratch / "text"
    link.unlink(missing_ok=True)
    link.symlink_to(pathlib.Path(data or setting.data).resolve())
    return link.name


def word2vec_c(setting, epochs=5, threads=2, data=None, size=100, min_count=10):
    """word2vec.c, which gives no times of its own: the process is measured."""
    vectors = setting.vectors("word2vec-c")
    result = measure.run([
        HERE / ".venv/word2vec.c/word2vec", "-train", short_name(setting, data),
        "-output", vectors.name,
        "-cbow", 0, "-size", size, "-window", 5, "-negative", 5, "-hs", 0, "-sample", "1e-4",
        "-threads", threads, "-iter", epochs, "-min-count", min_count, "-alpha", 0.025,
        "-binary", 0, "-debug", 1,
    ], log=setting.log, folder=setting.scratch)
    return {
        "program": "word2vec.c (PyPI word2vec 0.11.1)", "epochs": epochs,
        "whole_seconds": result.wall_seconds,
        "rho": None if data else judge(vectors, setting.wordsim),
        "peak_megabytes": result.peak_megabytes,
    }


def psgnscc_program():
    """A built pSGNScc (Rengasamy and others, 2017), which PSGNSCC names, or None."""
    program = os.environ.get("PSGNSCC")
    return pathlib.Path(program).resolve() if program and os.access(program, os.X_OK) else None


def psgnscc(setting, epochs=1, size=100):
    """pSGNScc as its authors ran it: 8 windows combined of 500,000 words, batches of 11.

    It leaves the seconds of its training, without what comes before, in a file beside it.
    """
    vectors, clock = setting.vectors("psgnscc"), setting.scratch / "pSGNScc_time"
    clock.unlink(missing_ok=True)
    result = measure.run([
        psgnscc_program(), "-train", short_name(setting, None), "-output", vectors.name,
        "-size", size, "-window", 5, "-negative", 5, "-sample", "1e-4", "-threads", 2,
        "-iter", epochs, "-min-count", 10, "-alpha", 0.025, "-binary", 0, "-debug", 0,
        "-batch-size", 11, "-C", 8, "-T", 500_000,
    ], environment={"OPENBLAS_NUM_THREADS": "1"}, log=setting.log, folder=setting.scratch)
    train = float(re.match(r"Elapsed ([\d.]+)", clock.read_text(encoding="ascii"))[1])
    return {
        "program": "pSGNScc", "epochs": epochs, "whole_seconds": result.wall_seconds,
        "train_seconds": train, "peak_megabytes": result.peak_megabytes,
    }


def has_fasttext():
    """Whether the environment has fastText, which peers/setup.sh installs where it can be had."""
    return importlib.util.find_spec("fasttext") is not None


def fasttext(setting, epochs=1, size=100):
    """fastText without sub-words; its time is that of one call, which reads and trains."""
    result = measure.run([
        sys.executable, HERE / "peers/fasttext_sg.py", "--data", setting.data, "--epochs", epochs,
        "--size", size, "--save", setting.vectors("fasttext"),
    ], log=setting.log)
    told = result.last_json()
    return {
        "program": told["program"], "epochs": epochs, "whole_seconds": told["wall_seconds"],
        "peak_megabytes": result.peak_megabytes,
    }


def command(setting, binary, *options, seed=1):
    """`word2vec train` with words that occur 10 times, from the start of the process to its end."""
    result = measure.run([
        binary, "train", setting.data, "-o", setting.vectors("command"), "--min-count", 10,
        "--threads", 2, "--seed", seed, "--quiet", "--json", *options,
    ], log=setting.log)
    told = result.last_json()
    return {
        "program": "this package", "words": told["words"], "vocabulary": told["vocabulary"],
        "train_seconds": told["train_seconds"], "whole_seconds": result.wall_seconds,
        "peak_megabytes": result.peak_megabytes,
    }


# What `chapter-training` says of its run, under the line of the document.
OWN_OUTPUT = {
    "loss": r"^loss ([\d.]+), [\d.]+ tokens/sec",
    "examples_per_second": r"^examples/s: ([\d.]+)",
    "data_seconds": r"^data: ([\d.]+) s",
    "train_seconds": r"^training: ([\d.]+) s",
}


def read_own(output):
    """The numbers in the training chapter's output; stops with a sentence if one is missing."""
    told = {}
    for name, pattern in OWN_OUTPUT.items():
        found = re.search(pattern, output, re.MULTILINE)
        if not found:
            sys.exit(f"chapter-training printed no {name}, that is, no line /{pattern}/:\n{output}")
        told[name] = float(found[1])
    return told


def own(setting, binary, epochs=5, threads=2, seed=2465463373, options=(), data=None):
    """This package: the training chapter's program, measured from start to exit."""
    vectors = setting.vectors("own")
    result = measure.run([
        binary, "--corpus", data or setting.data, "--epochs", epochs, "--threads", threads,
        "--seed", seed, "--save", vectors, "--figure", setting.scratch / "loss.svg", "--quiet",
        *options,
    ], log=setting.log)
    told = read_own(result.output)
    return {
        "program": "this package", "epochs": epochs, "threads": threads,
        "data_seconds": told["data_seconds"], "train_seconds": told["train_seconds"],
        "epoch_seconds": told["train_seconds"] / epochs,
        "whole_seconds": result.wall_seconds,
        "loss": told["loss"], "rho": None if data else judge(vectors, setting.wordsim),
        "peak_megabytes": result.peak_megabytes,
    }


def kernels(setting, binary, groups=(), data=None):
    """The measurements of the Swift kernels, a list of dictionaries."""
    result = measure.run([binary, "--json", "--data", data or setting.data, *groups],
                         log=setting.log)
    return [json.loads(line) for line in result.output.splitlines()]


def vectors(setting, binary, command=None, questions=None):
    """What gensim and this package take for a file of vectors, seconds by what is done.

    With a set of analogies also what it takes to score vectors by it, from the file on: gensim
    within its process, this package as the whole run of `word2vec evaluate`.
    """
    folder = setting.scratch / "vectors"
    extra = ["--analogies", questions] if questions else []
    theirs = measure.run([sys.executable, HERE / "peers/gensim_vectors.py", folder, *extra],
                         log=setting.log).last_json()
    ours = measure.run([binary, "--json", "--vectors", folder, "vectors"], log=setting.log)
    measured = [json.loads(line) for line in ours.output.splitlines()]
    if questions:
        run = measure.run([command, "evaluate", folder / "named.bin", questions, "--json"],
                          log=setting.log)
        measured.append({"kernel": "evaluate", "sizes": {}, "seconds": run.wall_seconds,
                         "accuracy": run.last_json()["accuracy"]})
    return {"theirs": theirs, "ours": measured}

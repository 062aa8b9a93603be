"""The lanes on a real text: a pass with vectors of 100 and of 300, time to quality, streaming,
reading.

A lane is a call with the number of its round. Its vectors are judged by `word2vec evaluate`,
whoever made them, and deleted.
"""

import pathlib
import shutil

import contestants
import measure

PARTS = ["text-100", "text-300", "text-quality", "text-stream", "text-reading"]
PEERS = ["gensim", "psgnscc", "fasttext", "word2vec.c"]
ONE_PASS = ["--epochs", 1, "--subsample", "1e-4"]


class Lanes:
    """The lanes that the chosen parts ask for, by name, in the order of a round.

    `setting.data` is the text, `binary` the word2vec program, `kernels` that of the kernels;
    `tests` are the sets to judge by, of pairs and of analogies, or None.
    """

    def __init__(self, setting, parts, peers, binary, kernels, tests, gigabyte):
        self.setting, self.binary, self.kernels = setting, binary, kernels
        self.tests, self.gigabyte = tests, gigabyte
        self.large = setting.scratch / "text-gigabyte"
        self.large.unlink(missing_ok=True)  # of another text
        self.lanes = {}
        for size in (100, 300):
            if f"text-{size}" in parts:
                self.add(f"own-{size}", self.own(*ONE_PASS, "--dimension", size))
                self.add_peers(size, peers)
        if "text-stream" in parts:  # beside a pass of its own, which runs in turn with it
            self.add("own-memory", self.own(*ONE_PASS))
            self.add("own-stream", self.own(*ONE_PASS, "--stream"))
        if "text-quality" in parts:
            self.add("own-default", self.own())
            self.add("gensim-5", self.gensim(5, 100), "gensim")
        if "text-reading" in parts:
            self.lanes["reading"] = lambda i: self.read(setting.data)
            self.lanes["reading-gigabyte"] = lambda i: self.read(self.repeated())

    def add(self, name, run, vectors="command"):
        self.lanes[name] = lambda i: self.judged(run(i), vectors)

    def add_peers(self, size, peers):
        setting = self.setting
        if "gensim" in peers:
            self.add(f"gensim-{size}", self.gensim(1, size), "gensim")
        for name, run, is_there, absent in (
                ("psgnscc", contestants.psgnscc, contestants.psgnscc_program,
                 "no pSGNScc: PSGNSCC names a program that is built"),
                ("fasttext", contestants.fasttext, contestants.has_fasttext,
                 "no fastText: peers/setup.sh installs it where PyPI has a build")):
            if name in peers and is_there():
                self.add(f"{name}-{size}", lambda i, run=run: run(setting, size=size), name)
            elif name in peers:
                measure.say(absent)
        if "word2vec.c" in peers:
            self.add(f"word2vec.c-{size}", lambda i: contestants.word2vec_c(
                setting, epochs=1, size=size), "word2vec-c")

    def own(self, *options):
        return lambda i: contestants.command(self.setting, self.binary, *options, seed=i + 1)

    def gensim(self, epochs, size):
        return lambda i: contestants.gensim(
            self.setting, epochs=epochs, seed=i + 1, size=size, input="file")

    def judged(self, told, name):
        """What a lane told, with the scores of the vectors that it left."""
        vectors = self.setting.vectors(name)
        for key, score, questions in zip(
                ("rho", "analogies"), ("spearman", "accuracy"), self.tests):
            if questions:
                told[key] = measure.run([self.binary, "evaluate", vectors, questions, "--json"],
                                        log=self.setting.log).last_json()[score]
        vectors.unlink(missing_ok=True)
        return told

    def read(self, path):
        return contestants.kernels(self.setting, self.kernels, groups=["read"], data=path)

    def repeated(self):
        """The text so often in one file that it has a gigabyte, made when it is first asked for."""
        if not self.large.exists():
            with open(self.large, "wb") as file:
                while file.tell() < self.gigabyte:
                    with open(self.setting.data, "rb") as text:
                        shutil.copyfileobj(text, file, 1 << 20)
        return self.large


def sizes(path):
    """How large the text is."""
    with open(path, "rb") as file:
        words = sum(len(line.split()) for line in file)
    return {"name": pathlib.Path(path).name, "bytes": pathlib.Path(path).stat().st_size,
            "words": words}


def collect(lanes, rounds, slow_rounds, found, save):
    """Runs the lanes in turn; fastText and word2vec.c take part in the first `slow_rounds`.

    Of other programs one that fails is left out from then on. `save` is called after each lane.
    Rounds that were found keep their other lanes.
    """
    running = dict(lanes.lanes)
    for i in range(rounds):
        if i == len(found["rounds"]):
            found["rounds"].append({})
        for name, lane in list(running.items()):
            if i >= slow_rounds and name.startswith(("fasttext", "word2vec.c")):
                continue
            try:
                found["rounds"][i][name] = lane(i)
            except measure.Failed as failed:
                if name.startswith(("own", "reading")):
                    raise
                measure.say(f"{name} is left out: {failed}")
                del running[name]
            save()
    lanes.large.unlink(missing_ok=True)


def csv(found):
    """What each run of the real text gave."""
    keys = ["train_seconds", "whole_seconds", "rho", "analogies", "peak_megabytes"]
    lines = ["round,lane," + ",".join(keys)]
    for number, lanes in enumerate(found["rounds"], start=1):
        for name, told in lanes.items():
            if isinstance(told, dict):
                values = ["" if told.get(key) is None else f"{told[key]:.4g}" for key in keys]
            else:
                values = ["", f"{told[0]['seconds']:.4g}", "", "", ""]
            lines.append(",".join([str(number), name, *values]))
    return "\n".join(lines) + "\n"

#!/usr/bin/env python3
"""Makes a large English text from Debian's packages: dictionaries, manuals, a handbook.

    Benchmarks/real_text.py Benchmarks/.text/text.txt [--packages FOLDER]

A sentence a line, words of letters and digits in lower case, some 17 million of them. The packages
are downloaded by apt-get, or taken from a folder that has their .deb files. How many words there
are changes with the packages' versions.
"""

import argparse
import gzip
import html.parser
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

PACKAGES = ["dict-gcide", "dict-wn", "python3-doc", "linux-doc", "debian-handbook"]

# What is taken of the packages, below usr/share. Where a manual has sources and pages, its sources.
PLACES = [
    ("dictd", "*.dict.dz"),
    ("doc", "python3*/html/_sources/**/*.txt"),
    ("doc", "linux-doc*/Documentation/**/*.gz"),
    ("doc", "debian-handbook/html/en-US/*.html"),
]
APART = {"translations", "devicetree"}  # other languages; tables of hardware

BLOCKS = {
    "p", "li", "dt", "dd", "td", "th", "pre", "div", "h1", "h2", "h3", "h4", "h5", "h6", "title",
    "section", "table", "tr", "ul", "ol", "dl", "br", "blockquote"}


class Paragraphs(html.parser.HTMLParser):
    """The text of a page, with an empty line where a block begins or ends."""

    def __init__(self):
        super().__init__()
        self.parts, self.hidden = [], 0

    def handle_starttag(self, tag, attributes):
        self.hidden += tag in ("script", "style")
        self.parts.append("\n\n" if tag in BLOCKS else "")

    def handle_endtag(self, tag):
        self.hidden -= tag in ("script", "style")
        self.parts.append("\n\n" if tag in BLOCKS else "")

    def handle_data(self, data):
        if not self.hidden:
            self.parts.append(data)


def text_of(path):
    """A file's text, unpacked and without marks of HTML."""
    data = path.read_bytes()
    if path.suffix in (".gz", ".dz"):
        data = gzip.decompress(data)
    text = data.decode("utf-8", "replace")
    if path.suffix == ".html":
        page = Paragraphs()
        page.feed(text)
        text = "".join(page.parts)
    return text


def sentences(text):
    """Lists of words: a sentence ends at an empty line, or at a mark with a space after it."""
    for part in re.split(r"\n\s*\n|(?<=[.!?;:])\s", text):
        words = re.findall(r"[^\W_]+", part.lower())
        if len(words) > 1:
            yield words


def download(folder):
    """Downloads the packages, and for those that only name another one that one, as .deb files."""
    for package in PACKAGES:
        names = [package]
        if package in ("python3-doc", "linux-doc"):
            told = subprocess.run(["apt-cache", "depends", "--important", package],
                                  capture_output=True, text=True, check=True)
            names = re.findall(r"Depends: (\S+-doc\S*)", told.stdout) or names
        subprocess.run(["apt-get", "-q", "download", *names], cwd=folder, check=True,
                       stdout=sys.stderr)


def write(share, path):
    """Writes the sentences of all places, the files in the order of their names."""
    count = 0
    part = path.with_name(path.name + ".part")
    with open(part, "w", encoding="utf-8") as file:
        for place, pattern in PLACES:
            for found in sorted((share / place).glob(pattern)):
                if not found.is_file() or APART & set(found.parts):
                    continue
                for words in sentences(text_of(found)):
                    file.write(" ".join(words) + "\n")
                    count += len(words)
    if not count:
        sys.exit("real_text: the packages have none of the files that it looks for")
    part.replace(path)
    return count


def main():
    parser = argparse.ArgumentParser(description="A large English text from Debian's packages.")
    parser.add_argument("path", type=pathlib.Path)
    parser.add_argument("--packages", type=pathlib.Path, help="a folder with the .deb files")
    options = parser.parse_args()
    for tool in ("dpkg-deb",) if options.packages else ("apt-get", "dpkg-deb"):
        if not shutil.which(tool):
            sys.exit(f"real_text: there is no {tool} here; any large text does as well, a sentence "
                     "a line")
    options.path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        try:
            if not options.packages:
                download(folder)
            for package in sorted((options.packages or folder).glob("*.deb")):
                subprocess.run(["dpkg-deb", "-x", package, folder / "unpacked"], check=True)
        except subprocess.CalledProcessError as error:
            sys.exit(f"real_text: {error.cmd[0]} ended with status {error.returncode}; `apt-get "
                     "update` helps where it knows no package")
        count = write(folder / "unpacked/usr/share", options.path)
    print(f"{options.path}: {count:,} words")


if __name__ == "__main__":
    main()

"""Running programs and measuring them, and naming the machine that they ran on."""

import dataclasses
import datetime
import json
import os
import pathlib
import platform
import re
import shlex
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent


@dataclasses.dataclass
class Run:
    """One finished run of a program, measured from outside."""

    output: str
    wall_seconds: float
    cpu_seconds: float
    peak_megabytes: float

    def last_json(self):
        """The JSON object in the last line of the output."""
        return json.loads(self.output.rstrip().splitlines()[-1])


def say(text):
    print(text, file=sys.stderr, flush=True)


class Failed(SystemExit):
    """A program that was to be measured did not end well; ends this one, if nobody minds."""


def run(command, environment=None, log=None, folder=None):
    """Runs `command` to its end, in `folder`; `Failed` tells its name and status if that is not 0.

    What it prints to stderr is written to `log`, or dropped. Peak memory is the largest resident
    set of the process, or of a child of its own if that is larger.
    """
    command = [str(part) for part in command]
    say("$ " + shlex.join(command))
    launcher = [sys.executable, "-I", "-S", HERE / "launch.py"]
    with tempfile.NamedTemporaryFile() as costs, open(log or os.devnull, "ab") as errors:
        finished = subprocess.run(
            [*launcher, costs.name, *command], stdout=subprocess.PIPE, stderr=errors,
            stdin=subprocess.DEVNULL, env={**os.environ, **(environment or {})}, cwd=folder)
        if finished.returncode != 0:
            raise Failed(f"{command[0]} ended with status {finished.returncode}"
                         + (f"; see {log}" if log else ""))
        wall, cpu, peak = (float(x) for x in costs.read().split())
    return Run(finished.stdout.decode("utf-8", "replace"), wall, cpu, peak)


def median(values):
    """The median of what was measured, or None of nothing."""
    values = [value for value in values if value is not None]
    return statistics.median(values) if values else None


def machine():
    """The processor's name, the number of cores this process may use, memory, system."""
    name = platform.processor() or platform.machine()
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            if match := re.search(r"^model name\s*:\s*(.+)$", file.read(), re.MULTILINE):
                name = match[1].strip()
    except OSError:
        pass
    if sys.platform == "darwin":
        found = subprocess.run(
            ["sysctl", "-n", "machdep.cpu.brand_string"], capture_output=True, text=True)
        name = found.stdout.strip() or name
    flags = cpu_flags()
    return {
        "processor": name + (f" ({', '.join(flags)})" if flags else ""),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity")
        else os.cpu_count(),
        "gigabytes": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "load": round(os.getloadavg()[0], 2),
        "date": datetime.date.today().isoformat(),
    }


def about(command):
    """When, on which commit and how busy a machine a part of the page was measured."""
    return {
        "command": command, "date": datetime.date.today().isoformat(),
        "commit": first_line(["git", "-C", HERE, "rev-parse", "--short", "HEAD"]),
        "load": round(os.getloadavg()[0], 2),
    }


def save(path, text):
    """Writes a file whole or not at all."""
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


def cpu_flags():
    """The widest vector instructions, as far as Linux tells."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            flags = set(re.search(r"^flags\s*:(.*)$", file.read(), re.MULTILINE)[1].split())
    except (OSError, TypeError):
        return []
    for name, text in (("avx512f", "AVX-512"), ("avx2", "AVX2"), ("sse4_2", "SSE4.2")):
        if name in flags:
            return [text]
    return []


def first_line(command):
    """The first line that a command prints, or an empty text."""
    try:
        found = subprocess.run(command, capture_output=True, text=True, check=True)
        return (found.stdout.strip().splitlines() or [""])[0]
    except (OSError, subprocess.CalledProcessError):
        return ""

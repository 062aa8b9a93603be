"""Runs a program and writes what it cost to a file: `launch.py REPORT PROGRAM ARGUMENT…`.

A process of its own, and a small one: a program's largest resident set, as the system counts it,
begins with that of the process which started it, so it must not be started by one that holds
vectors or test sets.
"""

import os
import sys
import time


def main():
    report, command = sys.argv[1], sys.argv[2:]
    start = time.perf_counter()
    try:
        process = os.posix_spawnp(command[0], command, os.environ)
    except OSError as error:
        sys.exit(f"{command[0]}: {error.strerror}")
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - start
    peak = usage.ru_maxrss / (1024 if sys.platform == "linux" else 1 << 20)
    with open(report, "w", encoding="ascii") as file:
        file.write(f"{wall} {usage.ru_utime + usage.ru_stime} {peak}")
    code = os.waitstatus_to_exitcode(status)
    sys.exit(code if code >= 0 else 128 - code)


if __name__ == "__main__":
    main()

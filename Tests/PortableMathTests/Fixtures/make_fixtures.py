"""Writes references.json: values of the functions of PortableMath, by mpmath and by integers.

python3 -m venv venv && venv/bin/pip install mpmath==1.3.0 && venv/bin/python make_fixtures.py
"""

import hashlib
import json
import math
import random
import struct
from pathlib import Path

import mpmath

mpmath.mp.prec = 400
random.seed(0)


def three_quarter_power(count):
    """count^0.75, correctly rounded: integers, and one rounding by float()."""
    n = count**3 << 4 * 96
    root = math.isqrt(math.isqrt(n))  # floor(count^0.75 * 2^96)
    if root**4 != n:
        root |= 1  # inexact, so never a tie
    return math.ldexp(float(root), -96)


def spread(low, high, n):
    """n doubles of one sign, even in their bits."""
    a, b = (struct.unpack("<q", struct.pack("<d", x))[0] for x in (low, high))
    return [struct.unpack("<d", struct.pack("<q", random.randint(a, b)))[0] for _ in range(n)]


def even(low, high, n):
    return [random.uniform(low, high) for _ in range(n)]


def rows(function, arguments):
    """Each argument with the nearest double of the value, and what that leaves out."""
    result = []
    for x in sorted(set(arguments)):
        value = function(mpmath.mpf(x))
        high = float(value)
        result.append([x, high, float(value - high)])
    return result


def lost(x):
    """How much of an ulp is lost where x less its multiple of pi/2 is rounded."""
    rest = mpmath.mpf(x) - round(x / (math.pi / 2)) * mpmath.pi / 2
    return abs(rest - float(rest)) / math.ulp(float(rest))


pi = math.pi
zeros = [k * pi / 2 for k in range(1, 5)]
beside = [y for x in zeros for y in (math.nextafter(x, 0), math.nextafter(x, 6.2))]
angles = (
    [0.0] + even(0, 2 * pi, 80) + [-x for x in even(0, 2 * pi, 20)] + spread(1e-300, 1, 15)
    + zeros + beside + even(0.7, 0.8, 20) + even(2.3, 2.4, 20)
    + sorted(even(0, 2 * pi, 3000), key=lost)[-40:]
)
fourth_powers = [k**4 + d for k in (2, 3, 10, 99, 256, 1000, 32768, 55000) for d in (-1, 0, 1)]
counts = sorted(
    {0, 84, 518, 1332, 2**42, 2**63 - 1}
    | set(fourth_powers)
    | {2**56 - d for d in range(1, 9)}
    | {random.randrange(2**k) + 1 for k in range(3, 63) for _ in range(2)}
)

digest = hashlib.sha256()
for count in range(1, 3_000_001):
    digest.update(struct.pack("<d", three_quarter_power(count)))

content = {
    "exponential": rows(
        mpmath.exp,
        [-745.1, -708.5, 0.0, 1.0, 709.78]
        + even(-1, 1, 60) + even(-700, 700, 60) + even(0.3, 0.4, 20) + even(-745, -708, 10)
        + spread(1e-20, 700, 10) + [-x for x in spread(1e-20, 700, 10)],
    ),
    "logarithm": rows(
        mpmath.log,
        [5e-324, 2.2e-308, 1.0, 2.0, math.e, 1.7e308]
        + even(0.5, 2, 60) + even(0.99, 1.01, 20) + even(1.35, 1.45, 40) + even(2, 3, 20)
        + spread(5e-324, 1.7e308, 40),
    ),
    "logOnePlus": rows(
        mpmath.log1p,
        [0.0, 5e-324, 1e-17, -1e-17, math.nextafter(-1, 0), 1.7e308]
        + even(-1, 1, 60) + even(-0.34, -0.25, 30) + even(0.35, 0.45, 30) + even(1, 9, 20)
        + spread(1e-30, 1e30, 30) + [-x for x in spread(1e-30, 0.999, 30)],
    ),
    "sine": rows(mpmath.sin, angles),
    "cosine": rows(mpmath.cos, angles),
    "counts": counts,
    "threeQuarterPowers": [three_quarter_power(count) for count in counts],
    "threeQuarterPowersDigest": digest.hexdigest(),
}
text = ",\n".join(
    f"  {json.dumps(name)}: "
    + (
        "[\n" + ",\n".join(f"    {json.dumps(row)}" for row in value) + "\n  ]"
        if isinstance(value, list) and isinstance(value[0], list)
        else json.dumps(value)
    )
    for name, value in content.items()
)
(Path(__file__).parent / "references.json").write_text("{\n" + text + "\n}\n")

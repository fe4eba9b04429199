#!/usr/bin/python3
"""Writes elementary.json: correctly rounded values of the elementary and special functions. Needs mpmath.

{"exp": ["<x> <y> <rest>", ...], ...}: x and y are the bit patterns of doubles in hexadecimal (two x for pow), y the exact value
rounded to nearest, rest the exact value minus y in units in the last place of y.
"""
import json
import math
import pathlib
import random
import statistics
import struct
from mpmath import (mp, mpf, acos, asin, atan, cos, cosh, erf, erfc, exp, expm1, ldexp, log, log1p, loggamma, nstr, sin, sinh,
                    sqrt, tan, tanh)

mp.prec = 500
PER_INTERVAL = 30


def bits(x):
    return struct.pack(">d", x).hex()


def ulp(y):
    return ldexp(mpf(1), max(math.frexp(y)[1] - 53, -1074))


def rounded(exact):
    y = float(exact)
    for candidate in (math.nextafter(y, -math.inf), math.nextafter(y, math.inf)):
        if abs(mpf(candidate) - exact) < abs(mpf(y) - exact):
            y = candidate
    return y


def row(inputs, exact):
    y = rounded(exact)
    return " ".join([*map(bits, inputs), bits(y), nstr((exact - mpf(y)) / ulp(y), 4)])


def uniform(a, b):
    return lambda r: r.uniform(a, b)


def magnitude(a, b, signed=True):
    """Log-uniform magnitude between 10^a and 10^b."""
    return lambda r: (r.choice((-1, 1)) if signed else 1) * 10 ** r.uniform(a, b)


def near(centre, a, b):
    """centre ± 10^a … 10^b"""
    return lambda r: centre + r.choice((-1, 1)) * 10 ** r.uniform(a, b)


def multiple_of_half_pi(r):
    return r.randrange(-600000, 600000) * (math.pi / 2)


def nearest_to_half_pi(r):
    """The double nearest to a multiple of pi/2, where sine or cosine cancels most."""
    return float(r.randrange(1, 636619) * mp.pi / 2)


def halfway_in_exp(r):
    """Between two entries of a table of 2^(k/n): the longest reduced argument."""
    return float((r.randrange(-1000 * 64, 1000 * 64) + mpf(0.5)) * log(mpf(2)) / r.choice((32, 64, 128)))


def halfway_in_log(r):
    """Between two entries of a table over [1, 2), in a few octaves."""
    n = r.choice((32, 64, 128))
    return (1 + (r.randrange(n) + 0.5) / n) * 2.0 ** r.choice((-1, 0, 0, 1, 9))


def beside_one(r):
    return 1 + r.choice((-1, 1)) * 2.0 ** -r.randrange(2, 53)


def beside_two(r):
    return 2 + r.choice((-1, 1)) * 2.0 ** -r.randrange(2, 52)


def quantile(p):
    x = mpf(statistics.NormalDist().inv_cdf(p)) if 1e-300 < p else mpf(-38)
    for _ in range(12):
        density = exp(-x * x / 2) / sqrt(2 * mp.pi)
        x -= (normal_cdf(x) - mpf(p)) / density
    return x


def normal_cdf(x):
    return erfc(-x / sqrt(mpf(2))) / 2


positive = [uniform(0.5, 2), near(1, -12, -1), magnitude(-300, 300, False), magnitude(-322, -308, False), uniform(0.01, 100), halfway_in_log, beside_one]
angles = [uniform(-1, 1), uniform(-10, 10), uniform(-1000, 1000), uniform(-1e6, 1e6), magnitude(-12, 0), multiple_of_half_pi, nearest_to_half_pi]
hyperbolic = [uniform(-1, 1), uniform(-5, 5), uniform(-30, 30), uniform(-710, 710), magnitude(-12, 0)]
unit = [uniform(-1, 1), uniform(-0.5, 0.5), magnitude(-12, -1), near(0, -1, -0.0001), lambda r: 1 - 10 ** r.uniform(-15, -1)]
probability = [uniform(0, 1), uniform(0.05, 0.1), magnitude(-300, -1, False), near(0.5, -14, -1), lambda r: 1 - 10 ** r.uniform(-15, -1)]

functions = {
    "exp": (exp, [uniform(-1, 1), uniform(-20, 20), uniform(-708, 709), uniform(-745, -708), magnitude(-12, 0), halfway_in_exp]),
    "expm1": (expm1, [uniform(-1, 1), uniform(-40, 40), uniform(-1, 709), magnitude(-15, 0), near(0.3466, -9, -2)]),
    "log": (log, positive),
    "log2": (lambda x: log(x) / log(mpf(2)), positive),
    "log10": (lambda x: log(x) / log(mpf(10)), positive),
    "log1p": (log1p, [uniform(-1, 1), magnitude(-16, 0), magnitude(-1, 300, False), lambda r: -1 + 10 ** r.uniform(-15, 0), uniform(-0.5, 5)]),
    "sin": (sin, angles),
    "cos": (cos, angles),
    "tan": (tan, angles),
    "sinh": (sinh, hyperbolic),
    "cosh": (cosh, hyperbolic),
    "tanh": (tanh, [uniform(-1, 1), uniform(-5, 5), uniform(-20, 20), magnitude(-12, 0)]),
    "asin": (asin, unit),
    "acos": (acos, unit),
    "atan": (atan, [uniform(-1, 1), uniform(-3, 3), magnitude(-12, 20), uniform(-50, 50)]),
    "erf": (erf, [uniform(-0.5, 0.5), uniform(-1, 1), uniform(-6, 6), magnitude(-12, 0), near(0.5, -9, -2)]),
    "erfc": (erfc, [uniform(-0.5, 0.5), uniform(0.5, 2), uniform(-6, 6), uniform(2, 26), uniform(26, 27.2)]),
    "normalCdf": (normal_cdf, [uniform(-1, 1), uniform(-6, 6), uniform(-37.5, -6), uniform(-38.4, -37.5), uniform(-3, -0.5)]),
    "logNormalCdf": (lambda x: log(normal_cdf(x)) if x < 5 else log1p(-normal_cdf(-x)),
                     [uniform(-1, 1), uniform(-6, 6), uniform(-38, -6), uniform(1, 37), uniform(-200, -38)]),
    "normalQuantile": (quantile, probability),
    "lgamma": (loggamma, [uniform(0, 0.75), uniform(0.75, 2.5), uniform(2.5, 8), uniform(8, 200), magnitude(2, 300, False),
                          magnitude(-300, -1, False), near(1, -12, -1), near(2, -12, -1), beside_one, beside_two]),
    "expit": (lambda x: 1 / (1 + exp(-x)), [uniform(-1, 1), uniform(-40, 40), uniform(-700, 0)]),
    "logit": (lambda p: log(mpf(p) / (1 - mpf(p))), probability),
}


def pow_inputs(r):
    kind = r.randrange(5)
    if kind == 0:
        return r.uniform(0.01, 100), r.uniform(-10, 10)
    x = 10 ** r.uniform(-300, 300)
    if kind == 1:
        return x, r.uniform(-700, 700) / abs(math.log(x))
    if kind == 2:
        x = 1 + r.choice((-1, 1)) * 10 ** r.uniform(-12, -1)
        return x, r.uniform(-700, 700) / math.log(x)
    if kind == 3:
        return -r.uniform(0.1, 10), float(r.randrange(-200, 200))
    return x, r.uniform(-745, -708) / math.log(x)


def main():
    golden = {}
    for name, (function, intervals) in functions.items():
        r = random.Random(name)
        golden[name] = []
        for draw in intervals:
            for _ in range(PER_INTERVAL):
                x = draw(r)
                golden[name].append(row([x], function(mpf(x))))
    r = random.Random("pow")
    golden["pow"] = []
    for _ in range(400):
        x, y = pow_inputs(r)
        golden["pow"].append(row([x, y], mpf(x) ** mpf(y)))
    lines = ",\n".join(f' "{name}": {json.dumps(rows)}' for name, rows in golden.items())
    (pathlib.Path(__file__).parent / "elementary.json").write_text("{\n" + lines + "\n}\n")


if __name__ == "__main__":
    main()

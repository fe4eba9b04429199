#!/usr/bin/python3
"""Writes special.json: values of the special functions at random and at hard places. Needs mpmath.

{"gammaFunction": ["<x> <y>", …], "gammaP": ["<a> <x> <y>", …], …}: bit patterns of doubles in hexadecimal, y the exact
value rounded to nearest.
"""
import json
import math
import pathlib
import random
import struct
from mpmath import (mp, mpf, acosh, asinh, atan2, atanh, besseli, besselj, besselk, bessely, beta, binomial, cospi, diff, digamma,
                    erfinv, exp, findroot, gamma, gammainc, log, log1p, loggamma, psi, sinpi, sqrt)

mp.prec = 400
COUNT = 40


def bits(x):
    return struct.pack(">d", x).hex()


def uniform(a, b):
    return lambda r: r.uniform(a, b)


def magnitude(a, b, signed=False):
    return lambda r: (r.choice((-1, 1)) if signed else 1) * 10 ** r.uniform(a, b)


def near(centre, a, b):
    return lambda r: centre + r.choice((-1, 1)) * 10 ** r.uniform(a, b)


def pair(first, second):
    return lambda r: (first(r), second(r))


def whole(a, b):
    return lambda r: float(r.randrange(a, b))


def beside(first, spread):
    """(a, x) with x near a: within `spread` standard deviations."""
    def draw(r):
        a = first(r)
        return a, max(1e-300, a + r.uniform(-spread, spread) * math.sqrt(a))
    return draw


def absolute_lgamma(x):
    return log(abs(gamma(x)))


def series_p(a, x):
    """P(a, x) by its power series."""
    term, total, k = mpf(1), mpf(1), 0
    while term > total * mpf(2) ** -420:
        k += 1
        term *= x / (a + k)
        total += term
    return exp(a * log(x) - x - loggamma(a + 1)) * total


def gamma_p(a, x):
    return series_p(a, x) if x < a + 60 * sqrt(a) + 60 else 1 - gammainc(a, x, regularized=True)


def gamma_q(a, x):
    if x < a + 60 * sqrt(a) + 60:
        before = mp.prec
        mp.prec = 3000 if x > a else 900
        value = 1 - series_p_wide(a, x)
        mp.prec = before
        return +value
    return gammainc(a, x, regularized=True)


def series_p_wide(a, x):
    term, total, k = mpf(1), mpf(1), 0
    while term > total * mpf(2) ** (-mp.prec - 20):
        k += 1
        term *= x / (a + k)
        total += term
    return exp(a * log(x) - x - loggamma(a + 1)) * total


def slope_p(order):
    def value(a, x):
        before = mp.prec
        mp.prec = 1600
        result = diff(lambda t: series_p_wide(t, mpf(x)), mpf(a), order, h=mpf(2) ** -300)
        mp.prec = before
        return +result
    return value


def inverse_p(a, p):
    return lambda_root(lambda u: log(gamma_p(a, exp(u)) / p), start_root(lambda u: float(gamma_p(a, exp(mpf(u))) - p)))


def start_root(f):
    low, high = -800.0, 20.0
    for _ in range(60):
        middle = (low + high) / 2
        if f(middle) < 0:
            low = middle
        else:
            high = middle
    return mpf(low)


def lambda_root(f, u):
    return exp(findroot(f, (u, u + mpf(2) ** -40)))


positive = [uniform(0.01, 8), uniform(8, 100), magnitude(-12, 0), magnitude(2, 12), near(1, -9, -1), near(2, -9, -1)]
orders = uniform(0, 30)
functions = {
    "lgamma": (absolute_lgamma, [uniform(-5, 0), uniform(-30, -0.3), magnitude(-12, -1, True)]),
    "gammaFunction": (gamma, [uniform(0, 8), uniform(8, 171), uniform(-20, 0), magnitude(-12, 0, True), whole(1, 60)]),
    "lgamma1p": (lambda x: loggamma(1 + x), [uniform(-0.5, 1), magnitude(-12, -1, True), uniform(1, 50)]),
    "digamma": (digamma, positive + [near(1.4616321449683622, -12, -1), uniform(-10, 0)]),
    "trigamma": (lambda x: psi(1, x), positive + [uniform(-10, 0)]),
    "polygamma": (lambda n, x: psi(int(n), x), [pair(whole(2, 7), uniform(0.01, 60)), pair(whole(2, 30), magnitude(-3, 3)), pair(whole(2, 6), uniform(-8, -0.1))]),
    "sinPi": (sinpi, [uniform(-1, 1), uniform(-100, 100), magnitude(-12, 12, True), near(1, -12, -1)]),
    "cosPi": (cospi, [uniform(-1, 1), uniform(-100, 100), magnitude(-12, 12, True), near(0.5, -12, -1)]),
    "asinh": (asinh, [uniform(-2, 2), magnitude(-12, 200, True)]),
    "acosh": (acosh, [uniform(1, 3), magnitude(0, 200), lambda r: 1 + 10 ** r.uniform(-14, 0)]),
    "atanh": (atanh, [uniform(-1, 1), magnitude(-12, 0, True), lambda r: 1 - 10 ** r.uniform(-14, -1)]),
    "atan2": (atan2, [pair(uniform(-2, 2), uniform(-2, 2)), pair(magnitude(-20, 20, True), magnitude(-20, 20, True))]),
    "log1pexp": (lambda x: log1p(exp(x)), [uniform(-5, 5), uniform(-700, 700)]),
    "log1pmx": (lambda x: log1p(x) - x, [uniform(-0.99, 2), uniform(-0.5, 0.5), magnitude(-9, 6)]),
    "erfInverse": (erfinv, [uniform(-1, 1), magnitude(-12, -1, True), lambda r: 1 - 10 ** r.uniform(-14, -1)]),
    "lbeta": (lambda a, b: log(beta(a, b)), [pair(uniform(0.1, 8), uniform(0.1, 8)), pair(uniform(0.1, 8), magnitude(1, 12)), pair(magnitude(1, 9), magnitude(1, 9)), pair(magnitude(-9, 0), magnitude(-9, 3))]),
    "choose": (lambda n, k: binomial(n, k), [pair(whole(0, 60), whole(0, 30)), pair(uniform(0, 50), whole(0, 40)), pair(uniform(-20, 0), whole(0, 20)), pair(whole(300, 1000), whole(0, 900))]),
    "gammaP": (gamma_p, [pair(uniform(0.05, 20), uniform(0.01, 40)), beside(magnitude(1, 6), 6), pair(magnitude(-6, 0), magnitude(-6, 1))]),
    "gammaQ": (gamma_q, [pair(uniform(0.05, 20), uniform(0.01, 40)), beside(magnitude(1, 4), 6), pair(magnitude(-9, 0), magnitude(-6, 1)), pair(uniform(0.1, 5), uniform(40, 600))]),
    "gammaDensity": (lambda a, x: exp((a - 1) * log(x) - x - loggamma(a)), [pair(uniform(0.05, 20), uniform(0.01, 40)), beside(magnitude(1, 8), 6)]),
    "slope1": (slope_p(1), [pair(uniform(0.2, 10), uniform(0.05, 25)), beside(magnitude(1, 3), 4)]),
    "slope2": (slope_p(2), [pair(uniform(0.2, 10), uniform(0.05, 25))]),
    "gammaPInverse": (inverse_p, [pair(uniform(0.1, 20), uniform(0.001, 0.999)), pair(magnitude(0, 4), magnitude(-20, -1))]),
    "besselJ": (lambda x, n: besselj(n, x), [pair(uniform(0.01, 30), orders), pair(uniform(0, 2), uniform(0, 3)), pair(uniform(50, 2000), uniform(0, 60))]),
    "besselY": (lambda x, n: bessely(n, x), [pair(uniform(0.01, 30), orders), pair(uniform(0, 2), uniform(0, 3)), pair(uniform(50, 2000), uniform(0, 60)), pair(uniform(0.1, 30), whole(0, 6))]),
    "besselIScaled": (lambda x, n: exp(-x) * besseli(n, x), [pair(uniform(0.01, 30), orders), pair(uniform(0, 2), uniform(0, 3)), pair(uniform(50, 900), uniform(0, 60))]),
    "besselKScaled": (lambda x, n: exp(x) * besselk(n, x), [pair(uniform(0.01, 30), orders), pair(uniform(0, 2), uniform(0, 3)), pair(uniform(50, 900), uniform(0, 60)), pair(uniform(0.1, 30), whole(0, 6))]),
}


def main():
    golden = {}
    for name, (function, draws) in functions.items():
        r = random.Random(name)
        golden[name] = []
        for draw in draws:
            for _ in range(COUNT if name not in ("slope1", "slope2", "gammaPInverse") else 15):
                x = draw(r)
                x = x if isinstance(x, tuple) else (x,)
                y = float(function(*map(mpf, x)))
                golden[name].append(" ".join(map(bits, (*x, y))))
        print(name, flush=True)
    lines = ",\n".join(f' "{name}": {json.dumps(rows)}' for name, rows in golden.items())
    (pathlib.Path(__file__).parent / "special.json").write_text("{\n" + lines + "\n}\n")


if __name__ == "__main__":
    main()

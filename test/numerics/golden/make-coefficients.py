#!/usr/bin/python3
"""Prints the coefficients of packages/numerics/src/*-coefficients.ts. Needs mpmath.

Every polynomial is a Chebyshev interpolant of the exact function on its interval, computed with 300 bits, then rounded
to double. The last line of each block is the interpolant's own error relative to the value it helps to compute, in
units of 2^-53.
"""
import struct
from mpmath import (mp, mpf, asin, atan, chebyfit, cos, digamma, erf, erfc, exp, findroot, ldexp, log, loggamma, nint, nstr,
                    pi, psi, rgamma, sin, sqrt, taylor)

mp.prec = 300


def show(name, *values):
    print(f"{name}: " + ", ".join(repr(float(v)) for v in values))


def high_low(name, x, bits=None):
    """x as High with `bits` bits after the point (or a whole double) and Low."""
    high = mpf(float(x)) if bits is None else ldexp(nint(ldexp(x, bits)), -bits)
    show(name, high, x - high)


def fit(name, f, a, b, degree, weight):
    """Coefficients of a polynomial of `degree`; weight(x) turns its error into a relative error of the result."""
    p, _ = chebyfit(f, [a, b], degree + 1, error=True)
    p = [mpf(float(c)) for c in p[::-1]]
    worst = 0
    for i in range(201):
        x = a + (b - a) * (i + mpf("0.5")) / 201
        error = abs(sum(c * x**k for k, c in enumerate(p)) - f(x)) * weight(x)
        worst = max(worst, error)
    print(f"{name} = [{', '.join(repr(float(c)) for c in p)}]")
    print(f"  # {nstr(worst * 2**53, 3)}")


def exp_coefficients():
    ln2 = log(mpf(2))
    high_low("ln2", ln2, 42)
    a = ln2 / 2 * mpf("1.0001")
    fit("exp q from r", lambda r: ((exp(r) - 1 - r) / r**2 - mpf(1) / 2) / r if abs(r) > 1e-20 else mpf(1) / 6, -a, a, 9, lambda r: abs(r) ** 3)


def exp_table():
    step = log(mpf(2)) / 128
    high_low("ln2 / 128", step, 42)
    show("128 / ln2", 1 / step)
    half = step / 2 * mpf("1.01")
    fit("exp c", lambda r: (exp(r) - 1 - r) / r**2 if abs(r) > 1e-20 else mpf(1) / 2, -half, half, 3, lambda r: r**2)
    for i in range(128):
        power = mpf(2) ** (mpf(i) / 128)
        print(f"[{float(power)!r}, {float(power / mpf(float(power)) - 1)!r}],")


def log_table():
    offset = 0x3FE68AAB

    def value(high_word):
        return mpf(struct.unpack("<d", struct.pack("<II", 0, high_word))[0])

    for i in range(128):
        low, high = value(offset + (i << 13)), value(offset + ((i + 1) << 13))
        inverse = 1024 if low < 1 < high else int(nint(2048 / (low + high)))
        ln_c = -log(mpf(inverse) / 1024)
        word = ldexp(nint(ldexp(ln_c, 42)), -42)
        print(f"[{inverse} / 1024, {float(word)!r}, {float(ln_c - word)!r}],")
    high_low("1/ln2", 1 / log(mpf(2)))
    high_low("1/ln10", 1 / log(mpf(10)))


def trigonometric():
    rest = pi / 2
    for i in range(3):
        part = ldexp(nint(ldexp(rest, 32 + 33 * i)), -(32 + 33 * i))
        show(f"pi/2 part {i + 1}", part)
        rest -= part
    show("pi/2 part 4", rest)
    show("2/pi", 2 / pi)
    tiny, top = mpf("1e-12"), (pi / 4 * mpf("1.0001")) ** 2
    fit("sin", lambda z: (sin(sqrt(z)) - sqrt(z)) / sqrt(z) ** 3, tiny, top, 6, lambda z: z)
    fit("cos", lambda z: (cos(sqrt(z)) - 1 + z / 2) / z**2, tiny, top, 6, lambda z: z**2 / cos(sqrt(z)))


def inverse_trigonometric():
    tiny = mpf("1e-12")
    for name, x in [("0.5", mpf("0.5")), ("1", mpf(1)), ("1.5", mpf("1.5"))]:
        high_low(f"atan({name})", atan(x))
    high_low("pi/2", pi / 2)
    fit("atan", lambda z: (atan(sqrt(z)) - sqrt(z)) / sqrt(z) ** 3, tiny, mpf(7) / 16 * mpf(7) / 16, 11, lambda z: z)
    fit("asin", lambda z: (asin(sqrt(z)) - sqrt(z)) / sqrt(z) ** 3, tiny, mpf("0.25"), 12, lambda z: z)


def erfcx(x):
    return exp(x * x) * erfc(x) if x < 1000 else 1 / (x * sqrt(pi)) * (1 - 1 / (2 * x * x) + 3 / (4 * x**4))


def error_function():
    tiny = mpf("1e-12")
    high_low("2/sqrt(pi) - 1", 2 / sqrt(pi) - 1)
    first = 2 / sqrt(pi)
    fit("erf", lambda z: (erf(sqrt(z)) / sqrt(z) - first) / z, tiny, mpf("0.25"), 9, lambda z: z)
    k = mpf(2)
    x_of = lambda t: k * (1 + t) / (1 - t)
    lowest = (mpf("0.5") - k) / (mpf("0.5") + k)
    h = lambda t: erfcx(x_of(t)) * (1 + 2 * x_of(t)) - mpf("1.25")
    fit("(1 + 2x) erfcx(x) - 1.25", h, lowest, mpf("0.9999999999"), 25, lambda t: 1)


def normal_distribution():
    high_low("sqrt(1/2)", 1 / sqrt(mpf(2)))
    density = 1 / sqrt(2 * pi)
    high_low("1/sqrt(2 pi)", density)
    centre = lambda z: (erf(sqrt(z / 2)) / 2 / sqrt(z) - density) / z
    fit("(normal cdf - 1/2)/x", centre, mpf("1e-12"), mpf("0.51"), 9, lambda z: z / density)


def log_gamma():
    half = mpf(1) / 2
    fit("lgamma near 1", lambda z: loggamma(1 + z) / z if abs(z) > 1e-30 else -mp.euler, -mpf(1) / 4, mpf(1) / 4, 19, lambda z: 2)
    fit("lgamma near 1.5, + 1/8", lambda z: loggamma(mpf("1.5") + z) + mpf(1) / 8, -mpf(1) / 4, mpf(1) / 4, 17, lambda z: 10)
    fit("lgamma near 2", lambda z: loggamma(2 + z) / z if abs(z) > 1e-30 else 1 - mp.euler, -mpf(1) / 4, half, 19, lambda z: 3)
    ln_sqrt_2pi = log(2 * pi) / 2
    high_low("ln sqrt(2 pi) - 1/2", ln_sqrt_2pi - half)
    stirling = lambda x: loggamma(x) - (x - half) * log(x) + x - ln_sqrt_2pi
    fit("stirling", lambda z: stirling(1 / sqrt(z)) / sqrt(z), mpf("1e-12"), mpf(1) / 64, 7, lambda z: sqrt(z))


def poly_gamma():
    half = mpf(1) / 2
    root = findroot(digamma, mpf("1.4616321449683623"))
    high_low("root of digamma", root)
    slope = lambda z: digamma(1 + z) / (1 + z - root) if abs(1 + z - root) > 1e-30 else psi(1, root)
    fit("digamma(1.5 + z)/(1.5 + z - root)", lambda z: slope(half + z), -half, half, 23, lambda z: 1)
    fit("digamma asymptotic", lambda z: (log(1 / sqrt(z)) - sqrt(z) / 2 - digamma(1 / sqrt(z))) / z, mpf("1e-12"), mpf(1) / 64, 7, lambda z: z)
    first = lambda x: (psi(1, x) - 1 / x - 1 / (2 * x * x)) * x**3
    fit("trigamma asymptotic", lambda z: first(1 / sqrt(z)), mpf("1e-12"), mpf(1) / 64, 7, lambda z: z)


def reciprocal_gamma():
    c = taylor(rgamma, 1, 21)
    show("1/gamma(1 + z), even powers", *c[0::2])
    show("1/gamma(1 + z), odd powers", *c[1::2])


if __name__ == "__main__":
    for block in (exp_coefficients, exp_table, log_table, trigonometric, inverse_trigonometric, error_function, normal_distribution, log_gamma,
                  poly_gamma, reciprocal_gamma):
        print(f"\n== {block.__name__}")
        block()

#!/usr/bin/python3
"""Writes functions.json: functions of the model language at (x, p), with first and second derivatives. Needs mpmath.

[["<expression in x and p>", x, p, f, df/dx, df/dp, d2f/dx2, d2f/dxdp], …]; derivatives by differences with 250 digits.
"""
import json
import pathlib
import sys
from mpmath import (acosh, asinh, atan2, atanh, besseli, besselj, besselk, bessely, beta, binomial, cosh, cospi, diff, erf, erfc,
                    erfinv, exp, floor, gamma, gammainc, log, log1p, loggamma, mp, mpf, npdf, ncdf, psi, sinpi, sqrt, pi, tanh)

mp.dps = 60


def lower(a, x):
    return gammainc(a, 0, x, regularized=True)


def quantile(p):
    return sqrt(mpf(2)) * erfinv(2 * p - 1)


def solve(f, low, high):
    """The root of a rising function by bisection."""
    for _ in range(400):
        middle = (low + high) / 2
        low, high = (middle, high) if f(middle) < 0 else (low, middle)
    return low


def inverse_p(a, p):
    return solve(lambda x: lower(a, x) - p, mpf(0), mpf(200))


def inverse_a(x, p):
    return solve(lambda a: p - lower(a, x), mpf("1e-9"), mpf(200))


def modulo(a, b):
    return a - floor(a / b) * b


def lbeta(a, b):
    return loggamma(a) + loggamma(b) - loggamma(a + b)


def expit(x):
    return 1 / (1 + exp(-x))


def student(x, df, mean, sd):
    z = (x - mean) / sd
    return loggamma((df + 1) / 2) - loggamma(df / 2) - log(df * pi) / 2 - log(sd) - (df + 1) / 2 * log(1 + z * z / df)


def fisher(x, m, n):
    return m / 2 * log(m) + n / 2 * log(n) + (m / 2 - 1) * log(x) - (m + n) / 2 * log(n + m * x) - lbeta(m / 2, n / 2)


def normal(x, mean, sd):
    return log(npdf(x, mean, sd))


def softplus(x):
    return log1p(exp(x))


one = [(0.3, 1.0), (1.7, 1.0), (6.2, 1.0)]
both = [(0.3, 0.7), (2.6, 1.3), (0.4, 5.5)]
shares = [(0.3, 0.6), (0.06, 0.8), (0.93, 0.2)]
signed = [(-1.3, 0.7), (0.4, 1.6), (2.2, -0.6)]

rows = [
    ("gamma(x)", lambda x, p: gamma(x), one + [(-1.3, 1.0), (20.5, 1.0)]),
    ("gammafn(x*p)", lambda x, p: gamma(x * p), both),
    ("lgamma(x + p)", lambda x, p: loggamma(x + p), both),
    ("lgammafn(x)", lambda x, p: log(abs(gamma(x))), [(-2.3, 1.0)]),
    ("loggamma(p*x)", lambda x, p: loggamma(p * x), both),
    ("lgamma1p(x*p)", lambda x, p: loggamma(1 + x * p), both + [(0.01, 0.02)]),
    ("factorial(x*p)", lambda x, p: gamma(1 + x * p), both),
    ("lfactorial(x)", lambda x, p: loggamma(1 + x), one),
    ("digamma(x*p)", lambda x, p: psi(0, x * p), both + [(-0.7, 1.9)]),
    ("trigamma(x*p)", lambda x, p: psi(1, x * p), both),
    ("tetragamma(x)", lambda x, p: psi(2, x), one),
    ("pentagamma(x)", lambda x, p: psi(3, x), one),
    ("polygamma(2, x*p)", lambda x, p: psi(2, x * p), both),
    ("psigamma(x, 4)", lambda x, p: psi(4, x), one),
    ("lbeta(x, p)", lbeta, both),
    ("beta(x, p)", beta, both),
    ("choose(x + 4, 3)", lambda x, p: binomial(x + 4, 3), one),
    ("lchoose(x + 4, p)", lambda x, p: log(binomial(x + 4, p)), [(0.3, 0.7), (2.6, 1.3)]),
    ("gammap(x, p)", lower, both),
    ("gammap(p, x)", lambda x, p: lower(p, x), both),
    ("gammaq(p, x)", lambda x, p: 1 - lower(p, x), both),
    ("gammaq(x, p)", lambda x, p: 1 - lower(x, p), both),
    ("gammapDer(p, x)", lambda x, p: exp((p - 1) * log(x) - x - loggamma(p)), both),
    ("lowergamma(p, x)", lambda x, p: gammainc(p, 0, x), both),
    ("uppergamma(p, x)", lambda x, p: gammainc(p, x), both),
    ("gammapInv(p, x)", lambda x, p: inverse_p(p, x), [(0.3, 2.5), (0.85, 0.7)]),
    ("gammaqInv(p, x)", lambda x, p: inverse_p(p, 1 - x), [(0.3, 2.5), (0.85, 0.7)]),
    ("gammapInva(p, x)", lambda x, p: inverse_a(p, x), [(0.3, 2.5), (0.85, 0.7)]),
    ("gammaqInva(p, x)", lambda x, p: inverse_a(p, 1 - x), [(0.3, 2.5), (0.85, 0.7)]),
    ("erf(x*p)", lambda x, p: erf(x * p), signed),
    ("erfc(x*p)", lambda x, p: erfc(x * p), signed),
    ("erfinv(x*p)", lambda x, p: erfinv(x * p), shares),
    ("phi(x*p)", lambda x, p: ncdf(x * p), signed),
    ("normcdf(x)", lambda x, p: ncdf(x), signed),
    ("pnorm(x, p, 2)", lambda x, p: ncdf((x - p) / 2), signed),
    ("qnorm(x*p)", lambda x, p: quantile(x * p), shares),
    ("qnorm(x, p, 2)", lambda x, p: p + 2 * quantile(x), shares),
    ("probit(x, -p, 3)", lambda x, p: quantile((x + p) / (3 + p)), shares),
    ("probitInv(x, p, 4)", lambda x, p: p + (4 - p) * ncdf(x), signed),
    ("expit(x, p, 4)", lambda x, p: p + (4 - p) * expit(x), signed),
    ("logit(x, -p)", lambda x, p: log((x + p) / (1 - x)), shares),
    ("asinh(x*p)", lambda x, p: asinh(x * p), signed),
    ("acosh(1 + x*p)", lambda x, p: acosh(1 + x * p), both),
    ("atanh(x*p)", lambda x, p: atanh(x * p), shares),
    ("atan2(x, p)", lambda x, p: atan2(x, p), signed + [(-0.4, -0.9)]),
    ("sinpi(x*p)", lambda x, p: sinpi(x * p), signed),
    ("cospi(x*p)", lambda x, p: cospi(x * p), signed),
    ("tanpi(x*p)", lambda x, p: sinpi(x * p) / cospi(x * p), signed),
    ("log1pexp(x*p)", lambda x, p: softplus(x * p), signed),
    ("log1mexp(x*p)", lambda x, p: log(1 - exp(-x * p)), both),
    ("log1pmx(x*p)", lambda x, p: log1p(x * p) - x * p, both + [(0.003, 0.2)]),
    ("logspace_add(x, p)", lambda x, p: log(exp(x) + exp(p)), signed),
    ("logspace_sub(x + 3, p)", lambda x, p: log(exp(x + 3) - exp(p)), signed),
    ("R_pow(x, p)", lambda x, p: x**p, both),
    ("Rx_pow_di(x, 3)", lambda x, p: x**3, signed),
    ("x %% p", modulo, [(7.3, 2.0), (-7.3, 2.0), (7.3, -2.0), (100.7, 24.0)]),
    ("bessel_j(x, 0)", lambda x, p: besselj(0, x), one + [(40.0, 1.0)]),
    ("bessel_j(x*p, 1.3)", lambda x, p: besselj(mpf(1.3), x * p), both),
    ("bessel_j(x, 0.4)", lambda x, p: besselj(mpf(0.4), x), one),
    ("bessel_y(x, 0)", lambda x, p: bessely(0, x), one),
    ("bessel_y(x*p, 2)", lambda x, p: bessely(2, x * p), both),
    ("bessel_i(x, 0, 1)", lambda x, p: besseli(0, x), one),
    ("bessel_i(x*p, 1.7, 2)", lambda x, p: exp(-x * p) * besseli(mpf(1.7), x * p), both),
    ("bessel_k(x, 0, 1)", lambda x, p: besselk(0, x), one),
    ("bessel_k(x*p, 0.6, 2)", lambda x, p: exp(x * p) * besselk(mpf(0.6), x * p), both),
    ("GELU(x*p)", lambda x, p: x * p * ncdf(x * p), signed),
    ("dGELU(x)", lambda x, p: ncdf(x) + x * npdf(x), signed),
    ("d2GELU(x)", lambda x, p: (2 - x * x) * npdf(x), signed),
    ("d3GELU(x)", lambda x, p: (x**3 - 4 * x) * npdf(x), signed),
    ("d4GELU(x)", lambda x, p: (7 * x * x - 4 - x**4) * npdf(x), signed),
    ("ELU(x, p)", lambda x, p: x if x > 0 else p * (exp(x) - 1), signed),
    ("dELU(x, p)", lambda x, p: mpf(1) if x > 0 else p * exp(x), signed),
    ("SELU(x)", lambda x, p: mpf("1.0507009873554804934193349852946") * (x if x > 0 else mpf("1.6732632423543772848170429916717") * (exp(x) - 1)), signed),
    ("PReLU(x, p)", lambda x, p: x if x > 0 else p * x, signed),
    ("lReLU(x)", lambda x, p: x if x > 0 else x / 100, signed),
    ("ReLU(x*p)", lambda x, p: x * p if x * p > 0 else mpf(0), signed),
    ("Swish(x*p)", lambda x, p: x * p * expit(x * p), signed),
    ("dSwish(x)", lambda x, p: expit(x) + x * expit(x) * expit(-x), signed),
    ("softplus(x*p)", lambda x, p: softplus(x * p), signed),
    ("dsoftplus(x)", lambda x, p: expit(x), signed),
    ("d2softplus(x)", lambda x, p: expit(x) * expit(-x), signed),
    ("d3softplus(x)", lambda x, p: -expit(x) * expit(-x) * tanh(x / 2), signed),
    ("d4softplus(x)", lambda x, p: expit(x) * expit(-x) * (1 - 6 * expit(x) * expit(-x)), signed),
    ("llikNorm(1.3, x, p)", lambda x, p: normal(mpf(1.3), x, p), both),
    ("llikPois(3, x*p)", lambda x, p: 3 * log(x * p) - x * p - log(mpf(6)), both),
    ("llikBinom(3, 7, x)", lambda x, p: log(mpf(35)) + 3 * log(x) + 4 * log(1 - x), shares),
    ("llikNbinom(3, p, x)", lambda x, p: loggamma(3 + p) - loggamma(p) - log(mpf(6)) + p * log(x) + 3 * log(1 - x), shares),
    ("llikNbinomMu(3, p, x)", lambda x, p: loggamma(3 + p) - loggamma(p) - log(mpf(6)) + p * log(p / (p + x)) + 3 * log(x / (p + x)), both),
    ("llikBeta(0.3, x, p)", lambda x, p: (x - 1) * log(mpf(0.3)) + (p - 1) * log(1 - mpf(0.3)) - lbeta(x, p), both),
    ("llikT(1.3, 4*p, x, p)", lambda x, p: student(mpf(1.3), 4 * p, x, p), both),
    ("llikChisq(1.3, x*p)", lambda x, p: (x * p / 2 - 1) * log(mpf(1.3)) - mpf(1.3) / 2 - x * p / 2 * log(mpf(2)) - loggamma(x * p / 2), both),
    ("llikExp(1.3, x*p)", lambda x, p: log(x * p) - x * p * mpf(1.3), both),
    ("llikF(1.3, x, p)", lambda x, p: fisher(mpf(1.3), x, p), both),
    ("llikGeom(3, x)", lambda x, p: log(x) + 3 * log(1 - x), shares),
    ("llikUnif(0.5, -x, p)", lambda x, p: -log(p + x), both),
    ("llikWeibull(1.3, x, p)", lambda x, p: log(x / p) + (x - 1) * log(mpf(1.3) / p) - (mpf(1.3) / p) ** x, both),
    ("llikGamma(1.3, x, p)", lambda x, p: x * log(p) - loggamma(x) + (x - 1) * log(mpf(1.3)) - p * mpf(1.3), both),
    ("llikCauchy(1.3, x, p)", lambda x, p: -log(pi * p) - log(1 + ((mpf(1.3) - x) / p) ** 2), both),
]

# slopes that the language knows by name: the slope of the log likelihood by x (or p)
slopes = [
    ("llikNormDmean(1.3, x, p)", "llikNorm(1.3, x, p)", 0), ("llikNormDsd(1.3, x, p)", "llikNorm(1.3, x, p)", 1),
    ("llikPoisDlambda(3, x)", "llikPois(3, x*p)", 2), ("llikBinomDprob(3, 7, x)", "llikBinom(3, 7, x)", 0),
    ("llikNbinomDprob(3, p, x)", "llikNbinom(3, p, x)", 0), ("llikNbinomMuDmu(3, p, x)", "llikNbinomMu(3, p, x)", 0),
    ("llikBetaDshape1(0.3, x, p)", "llikBeta(0.3, x, p)", 0), ("llikBetaDshape2(0.3, x, p)", "llikBeta(0.3, x, p)", 1),
    ("llikTDmean(1.3, 4*p, x, p)", "llikT(1.3, 4*p, x, p)", 0), ("llikChisqDdf(1.3, x)", "llikChisq(1.3, x*p)", 2),
    ("llikTDsd(1.3, 2.5, p, x)", lambda x, p: student(mpf(1.3), mpf(2.5), p, x), 0), ("llikTDdf(1.3, x, p, 0.8)", lambda x, p: student(mpf(1.3), x, p, mpf(0.8)), 0),
    ("llikExpDrate(1.3, x)", "llikExp(1.3, x*p)", 2), ("llikFDdf1(1.3, x, p)", "llikF(1.3, x, p)", 0), ("llikFDdf2(1.3, x, p)", "llikF(1.3, x, p)", 1),
    ("llikGeomDprob(3, x)", "llikGeom(3, x)", 0), ("llikUnifDalpha(0.5, -x, p)", lambda x, p: log(p + x), 0), ("llikUnifDbeta(0.5, -x, p)", "llikUnif(0.5, -x, p)", 1),
    ("llikWeibullDshape(1.3, x, p)", "llikWeibull(1.3, x, p)", 0), ("llikWeibullDscale(1.3, x, p)", "llikWeibull(1.3, x, p)", 1),
    ("llikGammaDshape(1.3, x, p)", "llikGamma(1.3, x, p)", 0), ("llikGammaDrate(1.3, x, p)", "llikGamma(1.3, x, p)", 1),
    ("llikCauchyDlocation(1.3, x, p)", "llikCauchy(1.3, x, p)", 0), ("llikCauchyDscale(1.3, x, p)", "llikCauchy(1.3, x, p)", 1),
]

h = mpf(10) ** -16


def by_differences(f, x, p):
    """Central differences of order 4 with far more digits than wanted: errors of h^4 = 1e-64."""
    weights = {-2: mpf(1) / 12, -1: -mpf(2) / 3, 1: mpf(2) / 3, 2: -mpf(1) / 12}
    second = {-2: -mpf(1) / 12, -1: mpf(4) / 3, 0: -mpf(5) / 2, 1: mpf(4) / 3, 2: -mpf(1) / 12}
    dx = sum(w * f(x + k * h, p) for k, w in weights.items()) / h
    dp = sum(w * f(x, p + k * h) for k, w in weights.items()) / h
    dxx = sum(w * f(x + k * h, p) for k, w in second.items()) / h**2
    dxp = sum(v * w * f(x + k * h, p + j * h) for k, v in weights.items() for j, w in weights.items()) / h**2
    return [dx, dp, dxx, dxp]


def main():
    out = []
    known = {expression: (f, points) for expression, f, points in rows}
    everything = [(expression, f, points) for expression, f, points in rows]
    for expression, base, place in slopes:
        f, points = known[base] if isinstance(base, str) else (base, both)
        if place == 2:
            g = lambda x, p, f=f: (f(x + h, mpf(1)) - f(x - h, mpf(1))) / (2 * h)
        elif place == 1:
            g = lambda x, p, f=f: (f(x, p + h) - f(x, p - h)) / (2 * h)
        else:
            g = lambda x, p, f=f: (f(x + h, p) - f(x - h, p)) / (2 * h)
        everything.append((expression, g, points))
    for expression, f, points in everything:
        is_slope = expression.startswith("llik") and "D" in expression[4:]
        for x, p in points:
            x, p = mpf(x), mpf(p)
            if is_slope:
                mp.dps = 110
                numbers = [f(x, p)]
            else:
                numbers = [f(x, p), *by_differences(f, x, p)]
            mp.dps = 60
            numbers = [0.0 if abs(n) < 1e-18 else float(n.real) for n in numbers]
            out.append([expression, float(x), float(p), *numbers])
        print(expression, flush=True)
    text = ",\n".join(" " + json.dumps(row) for row in out)
    (pathlib.Path(__file__).parent / "functions.json").write_text(f"[\n{text}\n]\n")


if __name__ == "__main__":
    main()

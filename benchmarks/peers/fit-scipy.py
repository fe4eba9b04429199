"""Fits each patient's course of Stein 2019 with SciPy's least_squares and LSODA (odeint).

    python3 fit-scipy.py NUMBERS

Every line on standard input is answered by "= NANOSECONDS OBJECTIVE ...": CPU time of all fits, sums of squares.
"""
import math
import sys
import time

import numpy
from scipy.integrate import odeint
from scipy.optimize import least_squares

raw = numpy.array(open(sys.argv[1]).read().split(), dtype=float)
n, patients, m, sd = int(raw[0]), int(raw[1]), int(raw[2]), raw[3]
start = raw[4 : 4 + n]
rows = raw[4 + n :].reshape(patients, 2, m)
TOLERANCE = 1e-6


def expansion(y, t, growth, beta):
    return growth * y[0], -beta * y[1]


def contraction(y, t, alpha, k, beta):
    return -alpha * y[0], k * y[0] - beta * y[1]


def expansion_jacobian(y, t, growth, beta):
    return (growth, 0.0), (0.0, -beta)


def contraction_jacobian(y, t, alpha, k, beta):
    return (-alpha, 0.0), (k, -beta)


def residuals(x, times, logs):
    foldx, tmax, cmax, alpha, fb, beta = map(math.exp, x)
    growth = math.log(foldx) / tmax
    split = int(numpy.searchsorted(times, tmax))
    options = {"rtol": TOLERANCE, "atol": 1e-9, "mxstep": 10000}
    end = min(tmax, times[-1])
    early = numpy.concatenate(([0.0], times[:split], [end]))
    first = odeint(
        expansion, (cmax / foldx, 0.0), early, (growth, beta), Dfun=expansion_jacobian, tcrit=(end,), **options
    )
    out = first[1 : 1 + split].sum(axis=1)
    if split < len(times):
        late = numpy.concatenate(([tmax], times[split:]))
        arguments = (alpha, fb * (alpha - beta), beta)
        second = odeint(contraction, first[-1], late, arguments, Dfun=contraction_jacobian, **options)
        out = numpy.concatenate((out, second[1:].sum(axis=1)))
    return (numpy.log(numpy.maximum(out, 1e-300)) - logs) / sd


for line in sys.stdin:
    started = time.process_time_ns()
    objectives = [
        2 * least_squares(residuals, start, args=(times, logs), method="lm", diff_step=1e-4, ftol=1e-8, xtol=1e-6).cost
        for times, logs in rows
    ]
    spent = time.process_time_ns() - started
    print("=", spent, *(f"{value:.12g}" for value in objectives), flush=True)

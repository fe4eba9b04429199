"""Runs Stein 2019 with SciPy's LSODA (odeint) for many rows of parameters.

    python3 runs-scipy.py ROWS

ROWS holds one run a line: foldx Tmax Cmax alpha FB beta. Every line on standard input is answered by
"= NANOSECONDS VALUE ...": CPU time of all runs, then the cells on days 28 and 90 of each.
"""
import math
import sys
import time

import numpy
from scipy.integrate import odeint

rows = numpy.loadtxt(sys.argv[1])
DAYS = (28.0, 90.0)
OPTIONS = {"rtol": 1e-6, "atol": 1e-9, "mxstep": 10000}


def expansion(y, t, growth, beta):
    return growth * y[0], -beta * y[1]


def contraction(y, t, alpha, k, beta):
    return -alpha * y[0], k * y[0] - beta * y[1]


def expansion_jacobian(y, t, growth, beta):
    return (growth, 0.0), (0.0, -beta)


def contraction_jacobian(y, t, alpha, k, beta):
    return (-alpha, 0.0), (k, -beta)


def run(foldx, tmax, cmax, alpha, fb, beta):
    early = [day for day in DAYS if day < tmax]
    late = [day for day in DAYS if day >= tmax]
    first = odeint(
        expansion, (cmax / foldx, 0.0), [0.0, *early, tmax], (math.log(foldx) / tmax, beta), Dfun=expansion_jacobian,
        tcrit=(tmax,), **OPTIONS
    )
    second = odeint(
        contraction, first[-1], [tmax, *late], (alpha, fb * (alpha - beta), beta), Dfun=contraction_jacobian, **OPTIONS
    )
    return [sum(y) for y in first[1:-1]] + [sum(y) for y in second[1:]]


for line in sys.stdin:
    started = time.process_time_ns()
    values = [value for row in rows for value in run(*row)]
    spent = time.process_time_ns() - started
    print("=", spent, *(f"{value:.12g}" for value in values), flush=True)

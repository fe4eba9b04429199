import { cos, exp, log, pow, sin } from '@cartkin/numerics'
import { add, type Dual, datan, dcos, dexp, div, dlog, dsin, mul, type Operand, sub, sum } from '../fitting/dual.ts'

/** Least squares of J. J. Moré, B. S. Garbow, K. E. Hillstrom, ACM TOMS 7(1):17–41, 1981. */
export interface MghProblem {
  readonly number: number
  readonly start: (n: number) => readonly number[]
  readonly residuals: (x: readonly Dual[]) => readonly Dual[]
}

const square = (a: Operand): Dual => mul(a, a)
const cube = (a: Operand): Dual => mul(a, square(a))
const range = (from: number, to: number): readonly number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i)
const at = (x: readonly Dual[], i: number): Dual => x[i - 1]!
const times = (parts: readonly number[]) => (n: number) => range(1, n).map((i) => parts[(i - 1) % parts.length]!)
const total = (terms: readonly Dual[]): Dual => sum(0, ...terms)
const power = (a: Dual, k: Dual): Dual => dexp(mul(k, dlog(a)))

/** The singular function of Powell on four of the variables. */
const powell = (x: readonly Dual[]) => [
  add(at(x, 1), mul(10, at(x, 2))),
  mul(Math.sqrt(5), sub(at(x, 3), at(x, 4))),
  square(sub(at(x, 2), mul(2, at(x, 3)))),
  mul(Math.sqrt(10), square(sub(at(x, 1), at(x, 4)))),
]

const rosenbrock = (x: readonly Dual[]) => [mul(10, sub(at(x, 2), square(at(x, 1)))), sub(1, at(x, 1))]

const chunks = (x: readonly Dual[], size: number) =>
  range(1, x.length / size).map((i) => x.slice((i - 1) * size, i * size))

const bardY = [0.14, 0.18, 0.22, 0.25, 0.29, 0.32, 0.35, 0.39, 0.37, 0.58, 0.73, 0.96, 1.34, 2.1, 4.39]
const meyerY = [34780, 28610, 23650, 19630, 16370, 13720, 11540, 9744, 8261, 7030, 6005, 5147, 4427, 3820, 3307, 2872]
const gaussY = [0.0009, 0.0044, 0.0175, 0.054, 0.1295, 0.242, 0.3521, 0.3989]
const kowalikY = [0.1957, 0.1947, 0.1735, 0.16, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246]
const kowalikU = [4, 2, 1, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625]
const osborne1Y = [
  0.844, 0.908, 0.932, 0.936, 0.925, 0.908, 0.881, 0.85, 0.818, 0.784, 0.751, 0.718, 0.685, 0.658, 0.628, 0.603, 0.58,
  0.558, 0.538, 0.522, 0.506, 0.49, 0.478, 0.467, 0.457, 0.448, 0.438, 0.431, 0.424, 0.42, 0.414, 0.411, 0.406,
]
const osborne2Y = [
  1.366, 1.191, 1.112, 1.013, 0.991, 0.885, 0.831, 0.847, 0.786, 0.725, 0.746, 0.679, 0.608, 0.655, 0.616, 0.606, 0.602,
  0.626, 0.651, 0.724, 0.649, 0.649, 0.694, 0.644, 0.624, 0.661, 0.612, 0.558, 0.533, 0.495, 0.5, 0.423, 0.395, 0.375,
  0.372, 0.391, 0.396, 0.405, 0.428, 0.429, 0.523, 0.562, 0.607, 0.653, 0.672, 0.708, 0.633, 0.668, 0.645, 0.632, 0.591,
  0.559, 0.597, 0.625, 0.739, 0.71, 0.729, 0.72, 0.636, 0.581, 0.428, 0.292, 0.162, 0.098, 0.054,
]

/** By the names under which the R package funconstrain has them. */
export const mghProblems: Readonly<Record<string, MghProblem>> = {
  rosen: { number: 1, start: () => [-1.2, 1], residuals: rosenbrock },
  freud_roth: {
    number: 2,
    start: () => [0.5, -2],
    residuals: (x) => {
      const y = at(x, 2)
      return [
        sum(-13, at(x, 1), mul(sub(mul(sub(5, y), y), 2), y)),
        sum(-29, at(x, 1), mul(sub(mul(add(y, 1), y), 14), y)),
      ]
    },
  },
  powell_bs: {
    number: 3,
    start: () => [0, 1],
    residuals: (x) => [
      sub(mul(1e4, mul(at(x, 1), at(x, 2))), 1),
      sub(add(dexp(mul(-1, at(x, 1))), dexp(mul(-1, at(x, 2)))), 1.0001),
    ],
  },
  brown_bs: {
    number: 4,
    start: () => [1, 1],
    residuals: (x) => [sub(at(x, 1), 1e6), sub(at(x, 2), 2e-6), sub(mul(at(x, 1), at(x, 2)), 2)],
  },
  beale: {
    number: 5,
    start: () => [1, 1],
    residuals: (x) => {
      const y = at(x, 2)
      return [
        [1.5, y],
        [2.25, square(y)],
        [2.625, cube(y)],
      ].map(([value, factor]) => sub(value!, mul(at(x, 1), sub(1, factor!))))
    },
  },
  jenn_samp: {
    number: 6,
    start: () => [0.3, 0.4],
    residuals: (x) => range(1, 10).map((i) => sub(2 + 2 * i, add(dexp(mul(i, at(x, 1))), dexp(mul(i, at(x, 2)))))),
  },
  helical: {
    number: 7,
    start: () => [-1, 0, 0],
    residuals: (x) => {
      const angle = add(div(datan(div(at(x, 2), at(x, 1))), 2 * Math.PI), at(x, 1).value < 0 ? 0.5 : 0)
      const root = add(square(at(x, 1)), square(at(x, 2)))
      return [mul(10, sub(at(x, 3), mul(10, angle))), mul(10, sub(dexp(mul(0.5, dlog(root))), 1)), mul(1, at(x, 3))]
    },
  },
  bard: {
    number: 8,
    start: () => [1, 1, 1],
    residuals: (x) =>
      bardY.map((y, k) => {
        const u = k + 1
        const v = 15 - k
        const w = Math.min(u, v)
        return sub(y, add(at(x, 1), div(u, add(mul(v, at(x, 2)), mul(w, at(x, 3))))))
      }),
  },
  gauss: {
    number: 9,
    start: () => [0.4, 1, 0],
    residuals: (x) =>
      range(1, 15).map((i) => {
        const t = (8 - i) / 2
        return sub(
          mul(at(x, 1), dexp(mul(-0.5, mul(at(x, 2), square(sub(t, at(x, 3))))))),
          gaussY[Math.min(i, 16 - i) - 1]!,
        )
      }),
  },
  meyer: {
    number: 10,
    start: () => [0.02, 4000, 250],
    residuals: (x) => meyerY.map((y, k) => sub(mul(at(x, 1), dexp(div(at(x, 2), add(50 + 5 * k, at(x, 3))))), y)),
  },
  gulf: {
    number: 11,
    start: () => [5, 2.5, 0.15],
    residuals: (x) =>
      range(1, 99).map((i) => {
        const t = i / 100
        const distance = sub(25 + pow(-50 * log(t), 2 / 3), at(x, 2))
        const size = distance.value < 0 ? mul(-1, distance) : distance
        return sub(dexp(mul(-1, div(power(size, at(x, 3)), at(x, 1)))), t)
      }),
  },
  box_3d: {
    number: 12,
    start: () => [0, 10, 20],
    residuals: (x) =>
      range(1, 10).map((i) => {
        const t = i / 10
        const decays = sub(dexp(mul(-t, at(x, 1))), dexp(mul(-t, at(x, 2))))
        return sub(decays, mul(at(x, 3), exp(-t) - exp(-10 * t)))
      }),
  },
  powell_s: { number: 13, start: () => [3, -1, 0, 1], residuals: powell },
  wood: {
    number: 14,
    start: () => [-3, -1, -3, -1],
    residuals: (x) => [
      mul(10, sub(at(x, 2), square(at(x, 1)))),
      sub(1, at(x, 1)),
      mul(Math.sqrt(90), sub(at(x, 4), square(at(x, 3)))),
      sub(1, at(x, 3)),
      mul(Math.sqrt(10), sum(at(x, 2), at(x, 4), -2)),
      div(sub(at(x, 2), at(x, 4)), Math.sqrt(10)),
    ],
  },
  kow_osb: {
    number: 15,
    start: () => [0.25, 0.39, 0.415, 0.39],
    residuals: (x) =>
      kowalikY.map((y, k) => {
        const u = kowalikU[k]!
        const top = mul(at(x, 1), add(u * u, mul(u, at(x, 2))))
        return sub(y, div(top, sum(u * u, mul(u, at(x, 3)), at(x, 4))))
      }),
  },
  brown_den: {
    number: 16,
    start: () => [25, 5, -5, -1],
    residuals: (x) =>
      range(1, 20).map((i) => {
        const t = i / 5
        const first = sub(add(at(x, 1), mul(t, at(x, 2))), exp(t))
        const second = sub(add(at(x, 3), mul(sin(t), at(x, 4))), cos(t))
        return add(square(first), square(second))
      }),
  },
  osborne_1: {
    number: 17,
    start: () => [0.5, 1.5, -1, 0.01, 0.02],
    residuals: (x) =>
      osborne1Y.map((y, k) => {
        const t = 10 * k
        const first = mul(at(x, 2), dexp(mul(-t, at(x, 4))))
        const second = mul(at(x, 3), dexp(mul(-t, at(x, 5))))
        return sub(y, sum(at(x, 1), first, second))
      }),
  },
  biggs_exp6: {
    number: 18,
    start: () => [1, 2, 1, 1, 1, 1],
    residuals: (x) =>
      range(1, 13).map((i) => {
        const t = i / 10
        const y = exp(-t) - 5 * exp(-10 * t) + 3 * exp(-4 * t)
        const decay = (size: number, rate: number) => mul(at(x, size), dexp(mul(-t, at(x, rate))))
        return sub(add(sub(decay(3, 1), decay(4, 2)), decay(6, 5)), y)
      }),
  },
  osborne_2: {
    number: 19,
    start: () => [1.3, 0.65, 0.65, 0.7, 0.6, 3, 5, 7, 2, 4.5, 5.5],
    residuals: (x) =>
      osborne2Y.map((y, k) => {
        const t = k / 10
        const bell = (size: number, rate: number, place: number) =>
          mul(at(x, size), dexp(mul(-1, mul(at(x, rate), square(sub(t, at(x, place)))))))
        const decay = mul(at(x, 1), dexp(mul(-t, at(x, 5))))
        return sub(y, sum(decay, bell(2, 6, 9), bell(3, 7, 10), bell(4, 8, 11)))
      }),
  },
  watson: {
    number: 20,
    start: (n) => new Array<number>(n).fill(0),
    residuals: (x) => [
      ...range(1, 29).map((i) => {
        const t = i / 29
        const slope = total(x.slice(1).map((value, k) => mul((k + 1) * t ** k, value)))
        const value = total(x.map((value, k) => mul(t ** k, value)))
        return sub(sub(slope, square(value)), 1)
      }),
      mul(1, at(x, 1)),
      sub(sub(at(x, 2), square(at(x, 1))), 1),
    ],
  },
  ex_rosen: { number: 21, start: times([-1.2, 1]), residuals: (x) => chunks(x, 2).flatMap(rosenbrock) },
  ex_powell: { number: 22, start: times([3, -1, 0, 1]), residuals: (x) => chunks(x, 4).flatMap(powell) },
  penalty_1: {
    number: 23,
    start: (n) => range(1, n),
    residuals: (x) => [...x.map((value) => mul(Math.sqrt(1e-5), sub(value, 1))), sub(total(x.map(square)), 0.25)],
  },
  penalty_2: {
    number: 24,
    start: (n) => new Array<number>(n).fill(0.5),
    residuals: (x) => {
      const n = x.length
      const growth = (i: number) => dexp(div(at(x, i), 10))
      const root = Math.sqrt(1e-5)
      return [
        sub(at(x, 1), 0.2),
        ...range(2, n).map((i) => mul(root, sub(add(growth(i), growth(i - 1)), exp(i / 10) + exp((i - 1) / 10)))),
        ...range(2, n).map((i) => mul(root, sub(growth(i), exp(-0.1)))),
        sub(total(x.map((value, k) => mul(n - k, square(value)))), 1),
      ]
    },
  },
  var_dim: {
    number: 25,
    start: (n) => range(1, n).map((j) => 1 - j / n),
    residuals: (x) => {
      const s = total(x.map((value, k) => mul(k + 1, sub(value, 1))))
      return [...x.map((value) => sub(value, 1)), s, square(s)]
    },
  },
  trigon: {
    number: 26,
    start: (n) => new Array<number>(n).fill(1 / n),
    residuals: (x) => {
      const s = total(x.map(dcos))
      return x.map((value, k) => sub(sum(x.length, mul(-1, s), mul(k + 1, sub(1, dcos(value)))), dsin(value)))
    },
  },
  brown_al: {
    number: 27,
    start: (n) => new Array<number>(n).fill(0.5),
    residuals: (x) => [
      ...x.slice(0, -1).map((value) => sum(value, ...x, -(x.length + 1))),
      sub(
        x.reduce<Dual>((product, value) => mul(product, value), add(0, 1)),
        1,
      ),
    ],
  },
  disc_bv: {
    number: 28,
    start: (n) => range(1, n).map((i) => (i / (n + 1)) * (i / (n + 1) - 1)),
    residuals: (x) => {
      const h = 1 / (x.length + 1)
      return x.map((value, k) => {
        const bend = sub(sub(mul(2, value), x[k - 1] ?? 0), x[k + 1] ?? 0)
        return add(bend, mul((h * h) / 2, cube(add(value, (k + 1) * h + 1))))
      })
    },
  },
  disc_ie: {
    number: 29,
    start: (n) => range(1, n).map((i) => (i / (n + 1)) * (i / (n + 1) - 1)),
    residuals: (x) => {
      const h = 1 / (x.length + 1)
      const cubes = x.map((value, k) => cube(add(value, (k + 1) * h + 1)))
      return x.map((value, k) => {
        const t = (k + 1) * h
        const before = total(cubes.slice(0, k + 1).map((c, j) => mul((j + 1) * h, c)))
        const after = total(cubes.slice(k + 1).map((c, j) => mul(1 - (k + j + 2) * h, c)))
        return add(value, mul(h / 2, add(mul(1 - t, before), mul(t, after))))
      })
    },
  },
  broyden_tri: {
    number: 30,
    start: (n) => new Array<number>(n).fill(-1),
    residuals: (x) =>
      x.map((value, k) => sum(mul(sub(3, mul(2, value)), value), mul(-1, x[k - 1] ?? 0), mul(-2, x[k + 1] ?? 0), 1)),
  },
  broyden_band: {
    number: 31,
    start: (n) => new Array<number>(n).fill(-1),
    residuals: (x) =>
      x.map((value, k) => {
        const near = x.filter((_, j) => j !== k && j >= k - 5 && j <= k + 1)
        const band = total(near.map((other) => mul(other, add(1, other))))
        return sub(add(mul(value, add(2, mul(5, square(value)))), 1), band)
      }),
  },
  linfun_fr: {
    number: 32,
    start: (n) => new Array<number>(n).fill(1),
    residuals: (x) => {
      const s = total(x)
      return range(1, 100).map((i) => sub(sub(x[i - 1] ?? 0, mul(2 / 100, s)), 1))
    },
  },
  linfun_r1: {
    number: 33,
    start: (n) => new Array<number>(n).fill(1),
    residuals: (x) => {
      const s = total(x.map((value, k) => mul(k + 1, value)))
      return range(1, 100).map((i) => sub(mul(i, s), 1))
    },
  },
  linfun_r1z: {
    number: 34,
    start: (n) => new Array<number>(n).fill(1),
    residuals: (x) => {
      const s = total(x.slice(1, -1).map((value, k) => mul(k + 2, value)))
      return range(1, 100).map((i) => sub(i === 100 ? mul(0, s) : mul(i - 1, s), 1))
    },
  },
  chebyquad: {
    number: 35,
    start: (n) => range(1, n).map((j) => j / (n + 1)),
    residuals: (x) => {
      const n = x.length
      const shifted = x.map((value) => sub(mul(2, value), 1))
      let before: readonly Dual[] = x.map(() => add(0, 1))
      let now: readonly Dual[] = shifted
      return range(1, n).map((i) => {
        const mean = div(total(now), n)
        const next = now.map((value, j) => sub(mul(mul(2, shifted[j]!), value), before[j]!))
        before = now
        now = next
        return add(mean, i % 2 === 0 ? 1 / (i * i - 1) : 0)
      })
    },
  },
}

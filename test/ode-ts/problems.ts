import type { System } from 'ode-ts'

/** An initial value problem of the classical test sets, with its solution at the end. */
export interface TestProblem {
  readonly name: string
  readonly stiff: boolean
  readonly system: System
  readonly y0: readonly number[]
  readonly t1: number
  /** Sizes below which a state does not matter: atol = rtol·floor. */
  readonly floor: readonly number[]
  /** Solution at t1. */
  readonly end: readonly number[]
  readonly source: string
}

const testSet = 'Test Set for IVP Solvers, release 2.4, F. Mazzia, C. Magherini, University of Bari, 2008'
const own = 'Rodas5P at rtol 1e-13, which agrees with itself at 3e-13 to 1e-12 and better'

function system(
  dimension: number,
  derivative: System['derivative'],
  jacobian?: (y: Float64Array, out: Float64Array) => void,
): System {
  if (jacobian === undefined) return { dimension, derivative }
  return {
    dimension,
    derivative,
    jacobian: (_t, y, out) => jacobian(y, out),
    timeDerivative: (_t, _y, out) => out.fill(0),
  }
}

export const rober: TestProblem = {
  name: 'ROBER',
  stiff: true,
  system: system(
    3,
    (_t, y, d) => {
      const slow = 0.04 * y[0]!
      const back = 1e4 * y[1]! * y[2]!
      const fast = 3e7 * y[1]! * y[1]!
      d[0] = back - slow
      d[1] = slow - back - fast
      d[2] = fast
    },
    (y, J) => {
      J[0] = -0.04
      J[1] = 1e4 * y[2]!
      J[2] = 1e4 * y[1]!
      J[3] = 0.04
      J[4] = -1e4 * y[2]! - 6e7 * y[1]!
      J[5] = -1e4 * y[1]!
      J[6] = 0
      J[7] = 6e7 * y[1]!
      J[8] = 0
    },
  ),
  y0: [1, 0, 0],
  t1: 1e11,
  floor: [1e-8, 1e-14, 1e-6],
  end: [0.2083340149701255e-7, 0.8333360770334713e-13, 0.999999979166505],
  source: testSet,
}

export const vdpol: TestProblem = {
  name: 'VDPOL',
  stiff: true,
  system: system(
    2,
    (_t, y, d) => {
      d[0] = y[1]!
      d[1] = 1000 * ((1 - y[0]! * y[0]!) * y[1]!) - y[0]!
    },
    (y, J) => {
      J[0] = 0
      J[1] = 1
      J[2] = -2000 * y[0]! * y[1]! - 1
      J[3] = 1000 * (1 - y[0]! * y[0]!)
    },
  ),
  y0: [2, 0],
  t1: 2000,
  floor: [1e-3, 1e-3],
  end: [1.706167732170469, -0.8928097010248125e-3],
  source: testSet,
}

export const orego: TestProblem = {
  name: 'OREGO',
  stiff: true,
  system: system(
    3,
    (_t, y, d) => {
      const [a, b, c] = [y[0]!, y[1]!, y[2]!]
      d[0] = 77.27 * (b + a * (1 - 8.375e-6 * a - b))
      d[1] = (c - (1 + a) * b) / 77.27
      d[2] = 0.161 * (a - c)
    },
    (y, J) => {
      const [a, b] = [y[0]!, y[1]!]
      J[0] = 77.27 * (1 - 2 * 8.375e-6 * a - b)
      J[1] = 77.27 * (1 - a)
      J[2] = 0
      J[3] = -b / 77.27
      J[4] = -(1 + a) / 77.27
      J[5] = 1 / 77.27
      J[6] = 0.161
      J[7] = 0
      J[8] = -0.161
    },
  ),
  y0: [1, 2, 3],
  t1: 360,
  floor: [1e-3, 1e-3, 1e-3],
  end: [1.000814870318523, 1228.178521549917, 132.0554942846706],
  source: testSet,
}

export const hires: TestProblem = {
  name: 'HIRES',
  stiff: true,
  system: system(8, (_t, y, d) => {
    const bind = 280 * y[5]! * y[7]!
    d[0] = -1.71 * y[0]! + 0.43 * y[1]! + 8.32 * y[2]! + 0.0007
    d[1] = 1.71 * y[0]! - 8.75 * y[1]!
    d[2] = -10.03 * y[2]! + 0.43 * y[3]! + 0.035 * y[4]!
    d[3] = 8.32 * y[1]! + 1.71 * y[2]! - 1.12 * y[3]!
    d[4] = -1.745 * y[4]! + 0.43 * y[5]! + 0.43 * y[6]!
    d[5] = -bind + 0.69 * y[3]! + 1.71 * y[4]! - 0.43 * y[5]! + 0.69 * y[6]!
    d[6] = bind - 1.81 * y[6]!
    d[7] = -d[6]!
  }),
  y0: [1, 0, 0, 0, 0, 0, 0, 0.0057],
  t1: 321.8122,
  floor: new Array<number>(8).fill(1e-5),
  end: [
    0.7371312573325668e-3, 0.1442485726316185e-3, 0.5888729740967575e-4, 0.1175651343283149e-2, 0.2386356198831331e-2,
    0.6238968252742796e-2, 0.2849998395185769e-2, 0.2850001604814231e-2,
  ],
  source: testSet,
}

/** Each reaction: rate constant, reactants, what it makes (negative: consumes), 1-based as in the source. */
const pollution: readonly (readonly [number, readonly number[], readonly (readonly [number, number])[]])[] = [
  [
    0.35,
    [1],
    [
      [1, -1],
      [2, 1],
      [3, 1],
    ],
  ],
  [
    26.6,
    [2, 4],
    [
      [1, 1],
      [2, -1],
      [4, -1],
    ],
  ],
  [
    12300,
    [5, 2],
    [
      [1, 1],
      [2, -1],
      [5, -1],
      [6, 1],
    ],
  ],
  [
    0.00086,
    [7],
    [
      [5, 2],
      [7, -1],
      [8, 1],
    ],
  ],
  [
    0.00082,
    [7],
    [
      [7, -1],
      [8, 1],
    ],
  ],
  [
    15000,
    [7, 6],
    [
      [5, 1],
      [6, -1],
      [7, -1],
      [8, 1],
    ],
  ],
  [
    0.00013,
    [9],
    [
      [5, 1],
      [8, 1],
      [9, -1],
      [10, 1],
    ],
  ],
  [
    24000,
    [9, 6],
    [
      [6, -1],
      [9, -1],
      [11, 1],
    ],
  ],
  [
    16500,
    [11, 2],
    [
      [1, 1],
      [2, -1],
      [10, 1],
      [11, -1],
      [12, 1],
    ],
  ],
  [
    9000,
    [11, 1],
    [
      [1, -1],
      [11, -1],
      [13, 1],
    ],
  ],
  [
    0.022,
    [13],
    [
      [1, 1],
      [11, 1],
      [13, -1],
    ],
  ],
  [
    12000,
    [10, 2],
    [
      [1, 1],
      [2, -1],
      [10, -1],
      [14, 1],
    ],
  ],
  [
    1.88,
    [14],
    [
      [5, 1],
      [7, 1],
      [14, -1],
    ],
  ],
  [
    16300,
    [1, 6],
    [
      [1, -1],
      [6, -1],
      [15, 1],
    ],
  ],
  [
    4800000,
    [3],
    [
      [3, -1],
      [4, 1],
    ],
  ],
  [
    0.00035,
    [4],
    [
      [4, -1],
      [16, 1],
    ],
  ],
  [
    0.0175,
    [4],
    [
      [3, 1],
      [4, -1],
    ],
  ],
  [
    100000000,
    [16],
    [
      [6, 2],
      [16, -1],
    ],
  ],
  [
    444000000000,
    [16],
    [
      [3, 1],
      [16, -1],
    ],
  ],
  [
    1240,
    [17, 6],
    [
      [5, 1],
      [6, -1],
      [17, -1],
      [18, 1],
    ],
  ],
  [
    2.1,
    [19],
    [
      [2, 1],
      [19, -1],
    ],
  ],
  [
    5.78,
    [19],
    [
      [1, 1],
      [3, 1],
      [19, -1],
    ],
  ],
  [
    0.0474,
    [1, 4],
    [
      [1, -1],
      [4, -1],
      [19, 1],
    ],
  ],
  [
    1780,
    [19, 1],
    [
      [1, -1],
      [19, -1],
      [20, 1],
    ],
  ],
  [
    3.12,
    [20],
    [
      [1, 1],
      [19, 1],
      [20, -1],
    ],
  ],
]

export const pollu: TestProblem = {
  name: 'POLLU',
  stiff: true,
  system: system(20, (_t, y, d) => {
    d.fill(0)
    for (const [k, reactants, products] of pollution) {
      let rate = k
      for (const i of reactants) rate *= y[i - 1]!
      for (const [i, count] of products) d[i - 1] = d[i - 1]! + count * rate
    }
  }),
  y0: [0, 0.2, 0, 0.04, 0, 0, 0.1, 0.3, 0.01, 0, 0, 0, 0, 0, 0, 0, 0.007, 0, 0, 0],
  t1: 60,
  floor: new Array<number>(20).fill(1e-8),
  end: [
    0.056462554800232, 0.13424841304222562, 4.1397343310997434e-9, 0.005523140207485113, 2.0189772623027804e-7,
    1.4645418634941002e-7, 0.07784249118999312, 0.3245075353395928, 0.007494013383882028, 1.622293157302107e-8,
    1.1358638332574584e-8, 0.0022305059757216283, 0.00020871628827991945, 1.396921016840539e-5, 0.008964884856898895,
    4.352846369330697e-18, 0.006899219696263386, 0.00010078030373659559, 1.7721465139703218e-6, 5.682943292317847e-5,
  ],
  source: own,
}

export const lv: TestProblem = {
  name: 'LV',
  stiff: false,
  system: system(
    2,
    (_t, y, d) => {
      d[0] = 1.5 * y[0]! - y[0]! * y[1]!
      d[1] = -3 * y[1]! + y[0]! * y[1]!
    },
    (y, J) => {
      J[0] = 1.5 - y[1]!
      J[1] = -y[0]!
      J[2] = y[1]!
      J[3] = y[0]! - 3
    },
  ),
  y0: [1, 1],
  t1: 100,
  floor: [1e-3, 1e-3],
  end: [1.4924249377461187, 0.42488825011238956],
  source: own,
}

export const aren: TestProblem = {
  name: 'AREN',
  stiff: false,
  system: system(4, (_t, s, d) => {
    const m = 0.012277471
    const mp = 1 - m
    const [x, y, u, v] = [s[0]!, s[1]!, s[2]!, s[3]!]
    const r1 = (x + m) * (x + m) + y * y
    const r2 = (x - mp) * (x - mp) + y * y
    const d1 = r1 * Math.sqrt(r1)
    const d2 = r2 * Math.sqrt(r2)
    d[0] = u
    d[1] = v
    d[2] = x + 2 * v - (mp * (x + m)) / d1 - (m * (x - mp)) / d2
    d[3] = y - 2 * u - (mp * y) / d1 - (m * y) / d2
  }),
  y0: [0.994, 0, 0, -2.0015851063790824],
  t1: 17.065216560157964,
  floor: [1, 1, 1, 1],
  end: [0.994, 0, 0, -2.0015851063790824],
  source: 'periodic: E. Hairer, S. P. Nørsett, G. Wanner, Solving Ordinary Differential Equations I, II.0',
}

export const brus: TestProblem = {
  name: 'BRUS',
  stiff: false,
  system: system(
    2,
    (_t, y, d) => {
      const meet = y[0]! * y[0]! * y[1]!
      d[0] = 1 + meet - 4 * y[0]!
      d[1] = 3 * y[0]! - meet
    },
    (y, J) => {
      J[0] = 2 * y[0]! * y[1]! - 4
      J[1] = y[0]! * y[0]!
      J[2] = 3 - 2 * y[0]! * y[1]!
      J[3] = -y[0]! * y[0]!
    },
  ),
  y0: [1.5, 3],
  t1: 20,
  floor: [1e-3, 1e-3],
  end: [0.4986370712680021, 4.596780349451732],
  source: own,
}

export const plei: TestProblem = {
  name: 'PLEI',
  stiff: false,
  system: system(28, (_t, s, d) => {
    for (let i = 0; i < 7; i++) {
      let ax = 0
      let ay = 0
      for (let j = 0; j < 7; j++) {
        if (j === i) continue
        const x = s[j]! - s[i]!
        const y = s[7 + j]! - s[7 + i]!
        const r = x * x + y * y
        const pull = (j + 1) / (r * Math.sqrt(r))
        ax += pull * x
        ay += pull * y
      }
      d[i] = s[14 + i]!
      d[7 + i] = s[21 + i]!
      d[14 + i] = ax
      d[21 + i] = ay
    }
  }),
  y0: [3, 3, -1, -3, 2, -2, 2, 3, -3, 2, 0, 0, -4, 4, 0, 0, 0, 0, 0, 1.75, -1.5, 0, 0, 0, -1.25, 1, 0, 0],
  t1: 3,
  floor: new Array<number>(28).fill(1),
  end: [
    0.37061391439705, 3.237284092057233, -3.222559032418324, 0.659709145577531, 0.342558170715658, 1.562172101400631,
    -0.70030929222125, -3.943437585517392, -3.27138097397255, 5.225081843456543, -2.59061243497747, 1.198213693392275,
    -0.242968234493582, 1.09144924042898, 3.417003806314313, 1.354584501625501, -2.590065597810775, 2.025053734714242,
    -1.155815100160448, -0.807298817022302, 0.595239635420871, -3.74124496123401, 0.377345968575063, 0.938685886955107,
    0.366792222720057, -0.347404635380849, 2.344915448180937, -1.947020434263292,
  ],
  source: testSet,
}

export const testProblems: readonly TestProblem[] = [rober, vdpol, orego, hires, pollu, lv, aren, brus, plei]

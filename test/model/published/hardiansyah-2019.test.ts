import { timeGrid } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { courseAt, deviation, peak, publishedModel } from './published-model.ts'

/**
 * CTL019 in chronic lymphocytic leukaemia: blood and tissue, effector and memory cells, three cytokines, a dose in three
 * parts. A. Hardiansyah and C. M. Ng, Clin. Transl. Sci. 12:343, 2019.
 */
const text = `# CTL019 in chronic lymphocytic leukaemia, patient UPN1: cells and cytokines (Hardiansyah and Ng 2019)
Dose <- 1.1     # [10^9 cells] All three infusions (found)
B0   <- 4.14    # [10^9 cells] Leukaemic B cells at the start (found)
P6   <- 1.8e-3  # [pg/uL/day per 10^15 cells^2] IL-6 made (found)
P10  <- 7e-4    # [pg/uL/day per 10^15 cells^2] IL-10 made (found)
PG   <- 3e-4    # [pg/uL/day per 10^15 cells^2] Interferon-gamma made (found)
rE   <- 16.16   # [1/day per 10^9 cells] Replication of effector cells (found)
dE   <- 23.04   # [1/day] Loss of effector cells (found)
aE   <- 0.024   # [1/day] Effector to memory cells (found)
KBC  <- 0.19    # [1/day per 10^9 cells] Killing of B cells (found)
IL6_0  <- 1.7   # [pg/mL] Baseline IL-6 (found, digitised)
IL10_0 <- 4.5   # [pg/mL] Baseline IL-10 (found, digitised)
G0     <- 2.3   # [pg/mL] Baseline interferon-gamma (found, digitised)
dIL6  <- 3.96   # [1/day] Loss of IL-6 (found)
dIL10 <- 4.68   # [1/day] Loss of IL-10 (found)
dG    <- 1.51   # [1/day] Loss of interferon-gamma (found)
aG    <- 0.59   # [1] Interferon-gamma made however much IL-10 there is (found)
bG    <- 650    # [pg/mL] IL-10 for half of its effect (found)
rM    <- 0.0509 # [1/day] Replication of memory cells (found)
dM    <- 0.408  # [1/day] Loss of memory cells (found)
aM    <- 1      # [1/day] Memory to effector cells (found)
kin   <- 76.78  # [1/day] Blood to tissue (found)
kout  <- 1.84   # [1/day] Tissue to blood (found)
h     <- 1e5    # [10^9 cells] B cells for half of the activation (found)
rB    <- 9.3e-3 # [1/day] Growth of B cells (found)
dB    <- 7.6e-3 # [1/day] Loss of B cells (found)

fB ~ B/(B + h)
Fd ~ aG + (1 - aG)*bG/(IL10 + bG)

d/dt(B)    <- rB*B - dB*B - KBC*E_b*B                                                   # [10^9 cells] B cells
d/dt(E_b)  <- rE*E_b*B - dE*E_b - kin*E_b + kout*E_t - aE*E_b*(1 - fB) + aM*M_b*fB       # [10^9 cells] Effector cells in blood
d/dt(E_t)  <- kin*E_b - kout*E_t                                                        # [10^9 cells] Effector cells in tissue
d/dt(M_b)  <- rM*M_b - dM*M_b - kin*M_b + kout*M_t + aE*E_b*(1 - fB) - aM*M_b*fB         # [10^9 cells] Memory cells in blood
d/dt(M_t)  <- kin*M_b - kout*M_t                                                        # [10^9 cells] Memory cells in tissue
d/dt(IL6)  <- dIL6*(IL6_0 - IL6) + P6*1e6*B*E_b    # [pg/mL] IL-6
d/dt(IL10) <- dIL10*(IL10_0 - IL10) + P10*1e6*B*E_b # [pg/mL] IL-10
d/dt(IFNg) <- dG*(G0 - IFNg) + PG*1e6*B*E_b*Fd      # [pg/mL] Interferon-gamma
B(0)    <- B0
IL6(0)  <- IL6_0
IL10(0) <- IL10_0
IFNg(0) <- G0
f(E_b)  <- Dose

CART <- E_b + M_b # [10^9 cells] CAR-T cells in blood
`

const model = publishedModel(text, ['[pg/mL] Baseline IL-6', '[pg/uL] Baseline IL-6'])

/** Patient UPN3, where it differs from UPN1. */
const upn3 = {
  Dose: 0.014,
  B0: 0.93,
  P6: 6e-3,
  P10: 1.7e-2,
  PG: 6e-3,
  rE: 14.4,
  dE: 1.44,
  aE: 0.12,
  KBC: 2.21,
  IL6_0: 1,
  IL10_0: 0.5,
  G0: 1.7,
}

const days = Float64Array.from([...timeGrid(0, 2, 0.02), ...timeGrid(2.05, 60, 0.05), ...timeGrid(61, 350, 1)])
/** 10, 30 and 60 % of the dose on days 0, 1 and 2. */
const records = [0.1, 0.3, 0.6].map((amt, time) => ({ time, evid: 1, cmt: 'E_b', amt }) as const)

describe.each([
  [
    'UPN1',
    {},
    {
      CART: [2.5495712432653135],
      M_b: [0.0073444902873489515],
      IL6: [2747.555579192943, 3.25],
      IL10: [915.2681958224705, 3.2],
      IFNg: [828.3931471534601, 3.6],
    },
  ],
  [
    'UPN3',
    upn3,
    {
      CART: [0.09689865650577792],
      M_b: [0.007183801517507798],
      IL6: [49.30967935117599, 19.25],
      IL10: [116.36698414830025, 19.2],
      IFNg: [119.59524813555267, 19.65],
    },
  ],
])('patient %s', (_, given, peaks) => {
  const course = courseAt(days, model, { given, records })

  it.each(Object.entries(peaks))('has the peak of %s', (name, [value = Number.NaN, day]) => {
    const found = peak(days, course(name))
    expect(deviation(found.value, value)).toBeLessThan(1e-5)
    if (day !== undefined) expect(found.at).toBeCloseTo(day, 8)
  })
})

it('the doses are 10, 30 and 60 % of the whole', () => {
  const at = Float64Array.of(0, 1, 2)
  const still = { kin: 0, kout: 0, rE: 0, dE: 0, aE: 0, aM: 0 }
  const inBlood = courseAt(at, model, { given: still, records })('E_b')
  for (const [k, share] of [0.1, 0.4, 1].entries()) expect(deviation(inBlood[k]!, 1.1 * share)).toBeLessThan(1e-9)
})

it('without cells cytokines stay at their baselines', () => {
  const course = courseAt(Float64Array.of(0, 100), model)
  for (const name of ['IL6', 'IL10', 'IFNg']) expect(course(name)[1]).toBe(course(name)[0])
})

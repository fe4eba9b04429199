import { parameterVector, sampleRandomEffects, timeGrid } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { courseAt, deviation, drawnVariance, peak, publishedModel } from './published-model.ts'

/**
 * Idecabtagene vicleucel: CAR binds BCMA in molar units, rates from 2e-5 to 113 per day, transgene in copies per ug DNA.
 * A. P. Singh et al., CPT Pharmacometrics Syst. Pharmacol. 10:362-376, 2021.
 */
const text = `# Idecabtagene vicleucel in multiple myeloma: from binding to response (Singh 2021)
ini({
  Kexp    <- 1.73       # [1/day] Fastest expansion (found)
  EC50exp <- 10         # [molecules/cell] Complexes per CAR-T cell for half of it (found)
  Kkill   <- 0.343      # [1/day] Fastest killing (found)
  KC50    <- fix(2.24)  # [molecules/cell] Complexes per tumour cell for half of it (found)
  Kg      <- fix(0.008) # [1/day] Growth of tumour (found)
  K12     <- 1.71       # [1/day] Blood to marrow (found)
  K21     <- 0.176      # [1/day] Marrow to blood (found)
  Kel_e   <- 113        # [1/day] Loss of effector cells from blood (found)
  Kel_m   <- 0.219      # [1/day] Loss of memory cells from blood (found)
  Rm      <- 2e-5       # [1/day] Effector to memory cells (found)
  kon     <- fix(7.103e4)  # [L/mol/s] Binding of CAR to BCMA (found)
  koff    <- fix(2.385e-3) # [1/s] Release (found)
  AgCAR   <- fix(15000)    # [molecules/cell] CAR per cell (found)
  AgTumor <- fix(12590)    # [molecules/cell] BCMA per tumour cell (found)
  Vb      <- fix(5)        # [L] Blood (found)
  Vbm     <- fix(3.65)     # [L] Marrow (found)
  E0      <- fix(1e-6)     # [cells/L] Effector cells in marrow at the start (found)
  Tu0     <- fix(2.5e9)    # [cells/L] Tumour at the start (found)
  Pm      <- fix(12.1e-12) # [g/day/cell] M-protein made by a tumour cell (found)
  Km      <- fix(0.117)    # [1/day] Loss of M-protein (found)
  gamma_m <- 0.215         # [1] Exponent of tumour on M-protein (found)
  Pb      <- fix(0.175e-6) # [ug/day/cell] Soluble BCMA made by a tumour cell (found)
  Kb      <- fix(0.7)      # [1/day] Loss of soluble BCMA (found)
  gamma_b <- fix(1)        # [1] Exponent of tumour on soluble BCMA (found)
  TransC  <- fix(0.002)    # [copies/ug per cells/L] Transgene of a CAR-T cell (found)
  NA_     <- fix(6.023e23) # [molecules/mol] Avogadro's number (found)
  day     <- fix(86400)    # [s/day] Seconds in a day (definition)

  eta.Kexp    ~ 0.22^2 # (found)
  eta.Kkill   ~ 0.50^2 # (found)
  eta.gamma_m ~ 0.21^2 # (found)
  eta.gamma_b ~ 1.0^2  # (found)
  eta.K12   ~ fix(0.5^2) # (assumed in the paper)
  eta.K21   ~ fix(0.5^2) # (assumed in the paper)
  eta.Kel_e ~ fix(0.5^2) # (assumed in the paper)
  eta.Kel_m ~ fix(0.5^2) # (assumed in the paper)
})
model({
  k12  <- K12*exp(eta.K12)
  k21  <- K21*exp(eta.K21)
  kele <- Kel_e*exp(eta.Kel_e)
  kelm <- Kel_m*exp(eta.Kel_m)

  CART     <- max((E_t + M_t)/Vbm, 1e-30) # [cells/L] CAR-T cells in marrow
  tumour   <- max(Tu, 1e-30)              # [cells/L]
  car_free <- CART*AgCAR - X              # [molecules/L] Free CAR
  ag_free  <- Tu*AgTumor - X              # [molecules/L] Free BCMA
  cE       <- X/CART                      # [molecules/cell] Complexes per CAR-T cell
  cT       <- X/tumour                    # [molecules/cell] Complexes per tumour cell
  kexp     <- Kexp*exp(eta.Kexp)*cE/(EC50exp + cE)
  kkill    <- Kkill*exp(eta.Kkill)*cT/(KC50 + cT)

  d/dt(E_b) <- -k12*E_b + k21*E_t - kele*E_b             # [cells] Effector cells in blood
  d/dt(E_t) <- k12*E_b - k21*E_t + kexp*E_t - Rm*E_t     # [cells] Effector cells in marrow
  d/dt(M_b) <- -k12*M_b + k21*M_t - kelm*M_b             # [cells] Memory cells in blood
  d/dt(M_t) <- k12*M_b - k21*M_t + Rm*E_t                # [cells] Memory cells in marrow
  d/dt(X)   <- kon*day/NA_*car_free*ag_free - koff*day*X # [molecules/L] CAR bound to BCMA
  d/dt(Tu)  <- (Kg - kkill)*Tu                           # [cells/L] Tumour cells in marrow
  d/dt(Mprot) <- Pm*Tu0*(Tu/Tu0)^(gamma_m*exp(eta.gamma_m)) - Km*Mprot # [g/L] M-protein in serum
  d/dt(sBCMA) <- Pb*Tu0*(Tu/Tu0)^(gamma_b*exp(eta.gamma_b)) - Kb*sBCMA # [ug/L] Soluble BCMA in serum
  E_t(0)   <- E0*Vbm
  Tu(0)    <- Tu0
  Mprot(0) <- Pm*Tu0/Km
  sBCMA(0) <- Pb*Tu0/Kb

  transgene <- TransC*(E_b + M_b)/Vb             # [copies/ug] Transgene in blood
  MChange   <- 100*(Mprot*Km/(Pm*Tu0) - 1)       # [%] Change of M-protein
})
`

const model = publishedModel(text, ['[L/mol/s] Binding', '[L/mol/day] Binding'])

const days = Float64Array.from([...timeGrid(0, 30, 0.05), ...timeGrid(30.5, 200, 0.5)])
const infusion = (cells: number) => [{ time: 0, evid: 1, cmt: 'E_b', amt: cells }] as const

describe.each([
  // dose, transgene peak, its day and the lowest M-protein of the independent simulation; the peak of the publication
  [50e6, 37444.85413643294, 16.3, -92.49204836739413, 37411],
  [450e6, 35773.94170662218, 14.2, -92.34642681286805, 35743],
])('an infusion of %d cells', (dose, cmax, tmax, nadir, published) => {
  const course = courseAt(days, model, { records: infusion(dose) })

  it('brings the transgene to its peak after the infused cells have left the blood', () => {
    const found = peak(days, course('transgene'), 1.001)
    expect(deviation(found.value, cmax)).toBeLessThan(1e-5)
    expect(found.at).toBe(tmax)
    expect(deviation(found.value, published)).toBeLessThan(2e-3)
    expect(deviation(course('transgene')[0]!, (0.002 * dose) / 5)).toBeLessThan(1e-12)
  })

  it('lowers the M-protein', () => {
    expect(Math.min(...course('MChange'))).toBeCloseTo(nadir, 4)
  })
})

it('450e6 cells: transgene on days 7, 14, 28 and 90, and the least tumour', () => {
  const at = Float64Array.of(7, 14, 28, 90)
  const transgene = courseAt(at, model, { records: infusion(450e6) })('transgene')
  for (const [k, value] of [3652, 35743, 5991.8, 134.06].entries())
    expect(deviation(transgene[k]!, value)).toBeLessThan(2e-5)
  expect(Math.min(...courseAt(days, model, { records: infusion(450e6) })('Tu'))).toBeCloseTo(14591, -1)
})

it('without cells the tumour grows and its products follow', () => {
  const grid = timeGrid(0, 100, 50)
  const course = courseAt(grid, model, { given: { E0: 0 } })
  const tumour = course('Tu')
  expect(deviation(tumour[2]!, 2.5e9 * Math.exp(0.8))).toBeLessThan(1e-5)
  expect(course('sBCMA')[2]!).toBeGreaterThan(course('sBCMA')[0]!)
})

describe('a population', () => {
  const typical = parameterVector(model.model)

  it.each([
    ['eta.Kexp', 0.22],
    ['eta.Kkill', 0.5],
    ['eta.gamma_m', 0.21],
    ['eta.gamma_b', 1],
    ['eta.K12', 0.5],
    ['eta.K21', 0.5],
    ['eta.Kel_e', 0.5],
    ['eta.Kel_m', 0.5],
  ])('has the published standard deviation of %s', (name, sd) => {
    expect(deviation(drawnVariance(model, typical, name), sd * sd)).toBeLessThan(0.1)
  })

  it('runs, and its tumours answer differently', () => {
    const months = timeGrid(0, 90, 1)
    const answers = Array.from({ length: 20 }, (_, index) => {
      const parameters = sampleRandomEffects(model.model, typical, { seed: 11, index })
      return Math.min(...courseAt(months, model, { parameters, records: infusion(450e6) })('MChange'))
    })
    expect(answers.every((nadir) => nadir > -100 && nadir < 1)).toBe(true)
    expect(Math.max(...answers) - Math.min(...answers)).toBeGreaterThan(5)
  })
})

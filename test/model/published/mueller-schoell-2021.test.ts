import {
  observationQuantities,
  parameterVector,
  quantities,
  sampleRandomEffects,
  simulateObservations,
  timeGrid,
} from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import {
  area,
  courseAt,
  deviation,
  drawnVariance,
  goldenRows,
  median,
  peak,
  publishedModel,
} from './published-model.ts'

/**
 * Axicabtagene ciloleucel, phenotypes and tumour: covariates, a mixture of two classes by a covariate, between-subject
 * variability, five endpoints. V. Mueller-Schoell et al., Cancers 13:2782, 2021.
 */
const text = `MuellerSchoell_2021_axicel <- function() {
  description <- "Axicabtagene ciloleucel in large B-cell lymphoma: CAR-T phenotypes and tumour"
  reference <- "Mueller-Schoell et al., Cancers 13:2782, 2021"
  units <- list(time = "day")
  covariateData <- list(
    mtv_mL = list(description = "CD19+ metabolic tumour volume before infusion", units = "mL"),
    prior_asct = list(description = "earlier autologous transplantation, 0 or 1", units = "1"),
    cd4cd8_d7 = list(description = "CD4/CD8 ratio of CAR-T cells on day 7", units = "1"),
    low_expansion = list(description = "class of low expansion, 0 or 1", units = "1")
  )
  ini({
    Vref   <- 0.00846        # [cells/uL/day/mL] Most expansion per tumour volume, reference class (found)
    Vlow   <- 0.000700       # [cells/uL/day/mL] Most expansion per tumour volume, class of low expansion (found)
    e_ASCT <- 2.53           # [1] Effect of an earlier transplantation on expansion (found)
    e_CD4CD8 <- -0.385       # [1] Exponent of the CD4/CD8 ratio on day 7 (found)
    KM1  <- 1.13             # [cells/uL] Cells for half of the most expansion (found)
    k12  <- 0.140            # [1/day] TN to TCM (found)
    k23  <- 0.191            # [1/day] TCM to TEM (found)
    k34  <- 0.355            # [1/day] TEM to TEff (found)
    ke1  <- fix(0.0104)      # [1/day] Loss of TN (found)
    ke2  <- fix(0.0104)      # [1/day] Loss of TCM (found)
    ke3  <- fix(0.0104)      # [1/day] Loss of TEM (found)
    ke4  <- 0.518            # [1/day] Loss of TEff (found)
    kp1  <- fix(0.0005)      # [1/day] Proliferation of TN without antigen (found)
    kp2  <- fix(0.007)       # [1/day] Proliferation of TCM without antigen (found)
    kp3  <- fix(0.007)       # [1/day] Proliferation of TEM without antigen (found)
    Vm51 <- fix(2.57)        # [mL/day per cells/uL] Most killing by TN (found)
    Vm52 <- 4.04             # [mL/day per cells/uL] Most killing by TCM (found)
    Vm53 <- fix(3.78)        # [mL/day per cells/uL] Most killing by TEM (found)
    Vm54 <- fix(4.24)        # [mL/day per cells/uL] Most killing by TEff (found)
    KM5  <- 276              # [mL] Tumour for half of the most killing (found)
    k5   <- fix(0.0023)      # [1/day] Growth of tumour (found)
    K0   <- fix(5000)        # [mL] Largest tumour (found)
    X0   <- fix(0.1)         # [cells/uL] Cells of each phenotype at infusion (found)

    eta.Vref ~ log(1 + 1.50^2) # 150 % CV (found)
    eta.Vm52 ~ log(1 + 3.07^2) # 307 % CV (found)

    sd.TN   <- sqrt(log(1 + 0.59^2)) # [1] 59 % CV (found)
    sd.TCM  <- sqrt(log(1 + 0.86^2)) # [1] 86 % CV (found)
    sd.TEM  <- sqrt(log(1 + 1.20^2)) # [1] 120 % CV (found)
    sd.TEff <- sqrt(log(1 + 0.71^2)) # [1] 71 % CV (found)
    sd.V    <- sqrt(log(1 + 1.15^2)) # [1] 115 % CV (found)
  })
  model({
    if (low_expansion == 1) {
      Vmax1 <- Vlow*(1 + e_ASCT*prior_asct) # [cells/uL/day/mL]
    } else {
      Vmax1 <- Vref*exp(eta.Vref)*(1 + e_ASCT*prior_asct)*cd4cd8_d7^e_CD4CD8 # [cells/uL/day/mL]
    }
    Vmax52 <- Vm52*exp(eta.Vm52) # [mL/day per cells/uL]

    d/dt(TN)   <- Vmax1*V*TN/(KM1 + TN) + kp1*TN - k12*TN - ke1*TN               # [cells/uL] Naive
    d/dt(TCM)  <- Vmax1*V*TCM/(KM1 + TCM) + kp2*TCM + k12*TN - k23*TCM - ke2*TCM # [cells/uL] Central memory
    d/dt(TEM)  <- Vmax1*V*TEM/(KM1 + TEM) + kp3*TEM + k23*TCM - k34*TEM - ke3*TEM # [cells/uL] Effector memory
    d/dt(TEff) <- k34*TEM - ke4*TEff                                             # [cells/uL] Effector
    d/dt(V)    <- k5*(1 - V/K0)*V - (Vm51*TN + Vmax52*TCM + Vm53*TEM + Vm54*TEff)*V/(KM5 + V) # [mL] Tumour
    TN(0)   <- X0
    TCM(0)  <- X0
    TEM(0)  <- X0
    TEff(0) <- X0
    V(0)    <- mtv_mL

    CAR <- TN + TCM + TEM + TEff # [cells/uL] CAR-T cells

    TN   ~ lnorm(sd.TN)
    TCM  ~ lnorm(sd.TCM)
    TEM  ~ lnorm(sd.TEM)
    TEff ~ lnorm(sd.TEff)
    V    ~ lnorm(sd.V)
  })
}
`

const model = publishedModel(text, ['[mL] Tumour for half', '[cells/uL] Tumour for half'])

const patients = goldenRows('muellerschoell2021_patients.csv', [
  'mtv_mL',
  'prior_asct',
  'cd4cd8_d7',
  'low_expansion',
  'simCmax_cells_uL',
  'simTmax_d',
  'simAUC0_28',
])
const days = timeGrid(0, 28, 0.5)

describe('19 patients', () => {
  const simulated = patients.map(({ simCmax_cells_uL, simTmax_d, simAUC0_28, ...covariates }) => {
    const cells = courseAt(days, model, { given: covariates })('CAR')
    return {
      isLow: covariates.low_expansion === 1,
      cmax: peak(days, cells),
      auc: area(days, cells),
      golden: { cmax: simCmax_cells_uL, tmax: simTmax_d, auc: simAUC0_28 },
    }
  })

  it('have the peaks, their days and the exposures of the independent simulation', () => {
    expect(simulated).toHaveLength(19)
    for (const { cmax, auc, golden } of simulated) {
      expect(cmax.at).toBe(golden.tmax)
      expect(deviation(cmax.value, golden.cmax)).toBeLessThan(1e-5)
      expect(deviation(auc, golden.auc)).toBeLessThan(1e-5)
    }
  })

  it.each([
    ['reference', false, 15, 12.779797706671562, 12, 231.88832514892263],
    ['low expansion', true, 4, 6.365503759774489, 24.75, 121.0172681181432],
  ])('of the class of %s have its medians', (_, isLow, count, cmax, tmax, auc) => {
    const own = simulated.filter((patient) => patient.isLow === isLow)
    expect(own).toHaveLength(count)
    expect(deviation(median(own.map((patient) => patient.cmax.value)), cmax)).toBeLessThan(1e-5)
    expect(median(own.map((patient) => patient.cmax.at))).toBe(tmax)
    expect(deviation(median(own.map((patient) => patient.auc)), auc)).toBeLessThan(1e-5)
  })
})

describe('a population', () => {
  const { model: read } = model
  const { mtv_mL, prior_asct, cd4cd8_d7, low_expansion } = patients[1]!
  const typical = parameterVector(read, { mtv_mL, prior_asct, cd4cd8_d7, low_expansion })

  it.each([
    ['eta.Vref', 1.5],
    ['eta.Vm52', 3.07],
  ])('has the published coefficient of variation of %s', (name, cv) => {
    expect(deviation(drawnVariance(model, typical, name), Math.log(1 + cv * cv))).toBeLessThan(0.1)
  })

  it('runs, and the typical patient is in its middle', () => {
    const peakOf = (parameters: Float64Array) => peak(days, courseAt(days, model, { parameters })('CAR')).value
    const peaks = Array.from({ length: 30 }, (_, index) =>
      peakOf(sampleRandomEffects(read, typical, { seed: 3, index })),
    )
    const ofTypical = peakOf(typical)
    expect(Math.min(...peaks)).toBeLessThan(ofTypical / 2)
    expect(Math.max(...peaks)).toBeGreaterThan(ofTypical * 2)
    expect(median(peaks) / ofTypical).toBeGreaterThan(0.5)
    expect(median(peaks) / ofTypical).toBeLessThan(2)
  })

  it('is observed at five endpoints with the published residual errors', () => {
    const grid = timeGrid(0.01, 28, 0.01)
    const course = courseAt(grid, model, { parameters: typical })
    const names = quantities(read).map(({ name }) => name)
    const columns = new Map(read.states.map(({ name }) => [names.indexOf(name), course(name)]))
    const cvs = observationQuantities(read).map(({ name }, endpoint) => {
      const observed = new Float64Array(grid.length)
      simulateObservations(read, endpoint, typical, columns, { seed: 5, subject: 0 }, observed)
      const predicted = course(name.replace('.sim', ''))
      const squares = observed.reduce((sum, value, k) => sum + Math.log(value / predicted[k]!) ** 2, 0)
      return [name, Math.sqrt(Math.exp(squares / grid.length) - 1)] as const
    })
    const published = { 'TN.sim': 0.59, 'TCM.sim': 0.86, 'TEM.sim': 1.2, 'TEff.sim': 0.71, 'V.sim': 1.15 }
    expect(Object.keys(published)).toEqual(cvs.map(([name]) => name))
    for (const [name, cv] of cvs) expect(deviation(cv, published[name as keyof typeof published])).toBeLessThan(0.06)
  })
})

import { timeGrid } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { courseAt, deviation, goldenRows, median, peak, publishedModel } from './published-model.ts'

/**
 * IM19: CD8 and CD4 cells, one row of a file for each patient. S. B. Minucci et al., Front. Syst. Biol. 4:1380018, 2024, in
 * its reduced form.
 */
const text = `Minucci_2024_IM19 <- function() {
  description <- "IM19 in non-Hodgkin lymphoma: CD8 and CD4 CAR-T cells, antigen and tumour, reduced form (Minucci 2024)"
  reference <- "Minucci et al., Front Syst Biol 4:1380018, 2024"
  units <- list(time = "day", dosing = "cells")
  covariateData <- list(
    BW_kg = list(description = "body weight", units = "kg"),
    fCD8_product = list(description = "CD8 share of the product", units = "1"),
    N0_tumour_cells = list(description = "tumour at infusion", units = "cells"),
    ndiv = list(description = "divisions upon activation", units = "1"),
    fmem = list(description = "share of contracting effector cells that become memory cells", units = "1")
  )
  ini({
    dose  <- fix(1e6)      # [cells/kg] CAR-T cells given (derived)
    V     <- fix(5)        # [L] Blood (found)
    CD19  <- fix(5000)     # [molecules/cell] CD19 per tumour cell (found)
    NAn   <- fix(6.022e14) # [molecules/nmol] Avogadro's number (found)
    KA    <- fix(1)        # [nmol/L] CD19 for half of the activation (found)
    kact8 <- fix(24/18)    # [1/day] Activation of CD8 cells (found)
    kact4 <- fix(24/36)    # [1/day] Activation of CD4 cells (found)
    tinf  <- fix(9.606881) # [day] Life of infused cells (found)
    teff  <- fix(3.101849) # [day] Life of effector cells (found)
    tmem8 <- fix(180)      # [day] Life of CD8 memory cells (found)
    tmem4 <- fix(240)      # [day] Life of CD4 memory cells (found)
    tdbl  <- fix(16)       # [day] Doubling of tumour (found)
    kkill <- fix(8.64e-5)  # [1/day/cells] Killing by CD8 effector cells (found)
    endo0 <- fix(5e8)      # [cells/L] Endogenous T cells without depletion (found)
    tendo <- fix(30)       # [day] Their recovery (found)
    fendo <- fix(0.1)      # [1] Share left by lymphodepletion (found)
  })
  model({
    antigen <- CD19*Tu/(V*NAn)        # [nmol/L] CD19
    fb      <- antigen/(KA + antigen) # [1] Share of activation
    d/dt(Tinf8) <- -(kact8*fb + 1/tinf)*Tinf8               # [cells] Infused CD8
    d/dt(Teff8) <- 2^ndiv*kact8*fb*Tinf8 - Teff8/teff       # [cells] Effector CD8
    d/dt(Tmem8) <- fmem*Teff8/teff - Tmem8/tmem8            # [cells] Memory CD8
    d/dt(Tinf4) <- -(kact4*fb + 1/tinf)*Tinf4               # [cells] Infused CD4
    d/dt(Teff4) <- 2^ndiv*kact4*fb*Tinf4 - Teff4/teff       # [cells] Effector CD4
    d/dt(Tmem4) <- fmem*Teff4/teff - Tmem4/tmem4            # [cells] Memory CD4
    d/dt(Tu)    <- log(2)/tdbl*Tu - kkill*fb*Teff8*Tu       # [cells] Tumour
    d/dt(Endo)  <- (endo0*V - Endo)/tendo                   # [cells] Endogenous T cells
    Tinf8(0) <- fCD8_product*BW_kg*dose
    Tinf4(0) <- (1 - fCD8_product)*BW_kg*dose
    Tu(0)    <- N0_tumour_cells
    Endo(0)  <- fendo*endo0*V
    C <- (Tinf8 + Teff8 + Tmem8 + Tinf4 + Teff4 + Tmem4)/V # [cells/L] CAR-T cells in blood
    CAR <- C/1e6 # [cells/uL] CAR-T cells in blood
  })
}
`

const model = publishedModel(text, ['[cells/kg] CAR-T', '[cells] CAR-T'])

const patients = goldenRows('minucci2024_patients.csv', [
  'BW_kg',
  'fCD8_product',
  'N0_tumour_cells',
  'ndiv',
  'fmem',
  'simCmax_cells_uL',
  'simTmax_d',
  'simC28',
])

describe('13 patients', () => {
  const days = timeGrid(0, 100, 0.1)
  const simulated = patients.map(({ simCmax_cells_uL, simTmax_d, simC28, ...given }) => {
    const cells = courseAt(days, model, { given })('CAR')
    return { cells, peak: peak(days, cells), cmax: simCmax_cells_uL, tmax: simTmax_d, c28: simC28, given }
  })

  it('have the peaks, their days and the values on day 28 of the independent simulation', () => {
    expect(simulated).toHaveLength(13)
    for (const { cells, peak: found, cmax, tmax, c28 } of simulated) {
      expect(deviation(found.value, cmax)).toBeLessThan(1e-5)
      expect(found.at).toBeCloseTo(tmax, 8)
      expect(deviation(cells[280]!, c28)).toBeLessThan(1e-5)
    }
  })

  it('have its medians', () => {
    expect(deviation(median(simulated.map(({ cmax }) => cmax)), 67.43488954243702)).toBeLessThan(1e-8)
    expect(deviation(median(simulated.map((patient) => patient.peak.value)), 67.43488954243702)).toBeLessThan(1e-5)
    expect(median(simulated.map((patient) => patient.peak.at))).toBeCloseTo(4.3, 8)
  })

  it('begin with 1e6 cells for every kg of their weight', () => {
    for (const { cells, given } of simulated) expect(cells[0]).toBeCloseTo((given.BW_kg * 1e6) / 5e6, 9)
  })
})

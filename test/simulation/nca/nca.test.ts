import { exp } from '@cartkin/numerics'
import { type Concentration, type NcaDose, nca } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'

const times = [0, 0.5, 1, 2, 3, 5, 8, 12, 16, 24]
const series = (value: (time: number) => number, at: readonly number[] = times): readonly Concentration[] =>
  at.map((time) => ({ time, value: value(time) }))
/** One compartment: clearance 2, volume 20. */
const [CL, V] = [2, 20]
const k = CL / V
const bolus = series((time) => (100 / V) * exp(-k * time))
const iv: NcaDose = { amount: 100, route: 'bolus' }

describe('one compartment', () => {
  it('after a bolus', () => {
    const { figures, terminal } = nca(bolus, iv)
    const wanted = {
      CL_obs: CL,
      CL_pred: CL,
      Vz_obs: V,
      Vss_obs: V,
      C0: 5,
      MRTinf_obs: V / CL,
      half_life: Math.LN2 / k,
      AUCinf_obs: 100 / CL,
      AUC_back_obs: 0,
      AUC_extrapolated_obs: 100 * exp(-k * 24),
      lambda_z_points: times.length,
      R2_adjusted: 1,
    }
    for (const [name, value] of Object.entries(wanted))
      expect([name, figures[name as keyof typeof wanted].value]).toEqual([name, expect.closeTo(value, 9)])
    expect(terminal.found && terminal.line.points.map(({ time }) => time)).toEqual(times)
  })

  it('C0 is extrapolated back where the first sample comes later', () => {
    const { figures, points } = nca(bolus.slice(2), iv)
    expect(figures.C0).toMatchObject({ value: expect.closeTo(5, 12), note: 'back-extrapolated from times 1 and 2' })
    expect(points[0]).toEqual({ time: 0, value: expect.closeTo(5, 12), origin: 'inserted' })
    expect(figures.AUC_back_obs.value).toBeCloseTo(100 * (1 - exp(-k)), 9)
    expect(figures.CL_obs.value).toBeCloseTo(CL, 9)
    expect(figures.Cmax.value).toBeCloseTo(5 * exp(-k), 12)
  })

  it('C0 is the first value where the first two do not fall; a value of 0 at a bolus was drawn before it', () => {
    const rows = [0, 1, 2, 4, 8, 12].map((time, at) => ({ time, value: [0, 3, 4, 2, 1, 0.5][at] ?? 0 }))
    const { figures } = nca(rows, iv)
    expect(figures.C0).toMatchObject({ value: 3, note: expect.stringContaining('first quantifiable') })
  })

  it('after an infusion: half its duration is no residence, its points make no terminal line', () => {
    const [T, rate] = [2, 50]
    const C = (time: number) =>
      time <= T ? (rate / CL) * (1 - exp(-k * time)) : (rate / CL) * (1 - exp(-k * T)) * exp(-k * (time - T))
    const dense = Array.from({ length: 2401 }, (_, i) => i / 100)
    const { figures } = nca(series(C, dense), { amount: 100, route: 'infusion', duration: T })
    expect(figures.CL_obs.value).toBeCloseTo(CL, 4)
    expect(figures.MRTinf_obs.value).toBeCloseTo(V / CL, 3)
    expect(figures.Vss_obs.value).toBeCloseTo(V, 3)
    expect(figures.lambda_z.value).toBeCloseTo(k, 10)
    // without samples after the infusion there is no slope
    const during = nca(series(C, [0, 0.5, 1, 1.5]), { amount: 100, route: 'infusion', duration: T })
    expect(during.figures.lambda_z.value).toBeNaN()
    expect(during.figures.lambda_z.note).toContain(
      '0 quantifiable values lie after the peak and the end of the infusion',
    )
  })

  it('at steady state AUCtau is the AUCinf of one dose, and clearance and volume are the same', () => {
    const tau = 12
    const C = (time: number) => ((100 / V) * exp(-k * time)) / (1 - exp(-k * tau))
    const { figures, steadyState } = nca(series(C, [0, 1, 2, 4, 8, 12]), iv, { tau })
    expect(steadyState?.AUCtau.value).toBeCloseTo(100 / CL, 9)
    expect(figures.CL_obs.value).toBeCloseTo(CL, 9)
    expect(figures.Vz_obs.value).toBeCloseTo(V, 9)
    expect(figures.MRTinf_obs.value).toBeCloseTo(V / CL, 9)
    expect(figures.Vss_obs.value).toBeCloseTo(V, 8)
    expect(steadyState?.accumulation.value).toBeCloseTo(1 / (1 - exp(-k * tau)), 9)
    expect(steadyState?.Ctau.value).toBeCloseTo(C(tau), 12)
    expect(steadyState?.Cmin.value).toBeCloseTo(C(tau), 12)
    expect(steadyState?.Cavg.value).toBeCloseTo(100 / CL / tau, 9)
    expect(steadyState?.swing.value).toBeCloseTo(exp(k * tau) - 1, 9)
  })

  it('at steady state the lowest value stands at a dose without a sample', () => {
    const { points } = nca(
      series(() => 3, [1, 4, 12]),
      { amount: 1, route: 'extravascular' },
      { tau: 12 },
    )
    expect(points[0]).toEqual({ time: 0, value: 3, origin: 'inserted' })
  })
})

describe('the terminal line', () => {
  const values = (list: readonly number[]) => list.map((value, time) => ({ time: time + 1, value }))
  const oral: NcaDose = { amount: 1, route: 'extravascular' }
  const pointsOf = (rows: readonly Concentration[], dose: NcaDose, options = {}) => {
    const { terminal } = nca(rows, dose, options)
    return terminal.found ? terminal.line.points.map(({ time }) => time) : terminal.reason
  }

  it('has the best adjusted R², and more points where that is within 0.0001', () => {
    const line = [64, 32, 16, 8, 4, 2].map((value, at) => value * (at === 1 ? 1.004 : 1))
    expect(pointsOf(values([100, ...line]), oral)).toEqual([2, 3, 4, 5, 6, 7])
    const bent = [64, 32, 16, 8, 4, 2].map((value, at) => value * (at === 1 ? 1.2 : 1))
    expect(pointsOf(values([100, ...bent]), oral)).toEqual([4, 5, 6, 7])
  })

  it('leaves out the peak, but not that of a bolus, and not when asked', () => {
    const rows = values([64, 32, 16, 8])
    expect(pointsOf(rows, oral)).toEqual([2, 3, 4])
    expect(pointsOf(rows, { amount: 1, route: 'bolus' })).toEqual([1, 2, 3, 4])
    expect(pointsOf(rows, oral, { terminal: { includePeak: true } })).toEqual([1, 2, 3, 4])
    expect(pointsOf(rows, { amount: 1, route: 'bolus' }, { terminal: { includePeak: false } })).toEqual([2, 3, 4])
  })

  it('goes through the points of an interval, or leaves some out, when asked', () => {
    const rows = values([64, 32, 20, 8, 4, 2])
    expect(pointsOf(rows, oral, { terminal: { from: 2, to: 5 } })).toEqual([2, 3, 4, 5])
    expect(pointsOf(rows, oral, { terminal: { exclude: [3] } })).toEqual([2, 4, 5, 6])
    expect(pointsOf(rows, oral, { terminal: { from: 5 } })).toBe(
      '2 quantifiable values lie between 5 and Infinity; the terminal slope needs 3',
    )
  })

  it.each([
    [[1, 9, 8], '1 quantifiable value lies after the peak; the terminal slope needs 3'],
    [[9, 1, 2, 3, 4], 'the last quantifiable values do not fall'],
    [[9, 2, 2, 2], 'the last quantifiable values do not fall'],
  ])('%j: %s', (list, reason) => {
    const { figures } = nca(values(list), oral)
    for (const name of ['lambda_z', 'half_life', 'AUCinf_obs', 'CL_pred', 'MRTinf_obs', 'Clast_pred'] as const)
      expect(figures[name]).toMatchObject({ value: Number.NaN, note: reason })
    expect(figures.AUClast.value).toBeGreaterThan(0)
  })
})

describe('figures that are not defined say why', () => {
  it.each([
    ['CL_obs', 'the dose is not known'],
    ['Cmax_D', 'the dose is not known'],
    ['Vss_obs', 'needs an intravenous dose'],
    ['C0', 'of a bolus alone'],
  ] as const)('%s: %s', (name, note) => {
    expect(nca(bolus, { route: 'extravascular' }).figures[name]).toMatchObject({ value: Number.NaN, note })
  })

  it('all values below quantification', () => {
    const { figures, partial } = nca(
      series(() => 0),
      { ...iv, route: 'extravascular' },
      { partial: [[0, 5]] },
    )
    for (const figure of [...partial, figures.Cmax, figures.Tlast, figures.AUClast, figures.AUCall, figures.Tlag])
      expect(figure).toMatchObject({ value: Number.NaN, note: 'every value is below quantification' })
  })

  it('an interval that the course does not reach', () => {
    const { partial } = nca(
      series((time) => time),
      { route: 'extravascular' },
      { partial: [[0, 30]] },
    )
    expect(partial[0]).toMatchObject({ name: 'AUC_0_30', value: Number.NaN })
    expect(partial[0]?.note).toContain('ends at 24, before 30')
  })
})

describe('units', () => {
  it('are made of those of time, value and dose', () => {
    const units = { time: 'h', concentration: 'mg/L', dose: 'mg' }
    const { figures } = nca(bolus, iv, { units })
    const { AUClast, AUMClast, CL_obs, Vz_obs, lambda_z, Cmax_D, Tmax, R2, AUC_extrapolated_obs } = figures
    expect(
      [AUClast, AUMClast, CL_obs, Vz_obs, lambda_z, Cmax_D, Tmax, R2, AUC_extrapolated_obs].map((f) => f.unit),
    ).toEqual(['mg/L*h', 'mg/L*h^2', 'mg/(mg/L*h)', 'mg/(mg/L)', '1/h', 'mg/L/mg', 'h', '1', '%'])
    expect(nca(bolus, iv).figures.CL_obs.unit).toBe('')
  })
})

describe('what cannot be analysed is refused', () => {
  it.each<[string, readonly Concentration[], NcaDose, string]>([
    ['nothing', [], iv, 'there are no values'],
    ['a dose after the last value', bolus, { ...iv, time: 30 }, 'no value stands at or after the dose (time 30)'],
    ['two values at a time', [...bolus, { time: 1, value: 3 }], iv, 'time 1 has two values'],
    ['a value that is no number', [{ time: 1, value: Number.NaN }], iv, 'the value at time 1 is NaN'],
    ['a time that is no number', [{ time: Number.NaN, value: 1 }], iv, 'a time is NaN'],
    ['a dose of 0', bolus, { ...iv, amount: 0 }, 'the dose must be positive, got 0'],
    ['an infusion without duration', bolus, { route: 'infusion' }, 'an infusion needs its duration'],
    ['a bolus with duration', bolus, { ...iv, duration: 1 }, 'a duration is of an infusion'],
  ])('%s', (_, rows, dose, message) => expect(() => nca(rows, dose)).toThrow(message))

  it('an empty interval and a wrong tau', () => {
    expect(() => nca(bolus, iv, { partial: [[3, 3]] })).toThrow('0 <= from < to')
    expect(() => nca(bolus, iv, { tau: -1 })).toThrow('tau must be positive')
  })

  it('values before the dose are left out, and times count from it', () => {
    const shifted = [{ time: -3, value: 99 }, ...bolus.map((row) => ({ ...row, time: row.time + 7 }))]
    expect(nca(shifted, { ...iv, time: 7 })).toEqual({ ...nca(bolus, iv), terminal: expect.anything() })
  })
})

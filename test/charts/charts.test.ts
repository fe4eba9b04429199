import {
  bandChart,
  correlationChart,
  courseChart,
  groupSummaryChart,
  objectiveChart,
  residualChart,
  seriesColours,
  seriesDashes,
  subjectChart,
  type TopLevelSpec,
  waterfallChart,
} from '@cartkin/charts'
import { compileChart } from '@cartkin/reports'
import { describe, expect, it } from 'vitest'
import { cells, charts, course, day, observations, predictions } from './chart-examples.ts'

/** Everything of a JSON value, with the keys that lead to it. */
function* leaves(value: unknown, path: readonly string[] = []): Generator<readonly [readonly string[], unknown]> {
  if (typeof value !== 'object' || value === null) yield [path, value]
  else for (const [key, entry] of Object.entries(value)) yield* leaves(entry, [...path, key])
}

const scaleIn = (spec: TopLevelSpec, name: string) =>
  compileChart(spec).vega.scales?.find((scale) => scale.name === name)
const scaleOf = (chart: keyof typeof charts, name: string) => scaleIn(charts[chart], name)

/** The two ends of a scale. */
function ends(spec: TopLevelSpec, name: string): readonly [number, number] {
  const scale = scaleIn(spec, name)
  const domain: unknown = scale !== undefined && 'domain' in scale ? scale.domain : []
  if (!Array.isArray(domain) || domain.length !== 2) throw new Error(`scale ${name} has no ends`)
  return [Number(domain[0]), Number(domain[1])]
}
const dataOf = (chart: keyof typeof charts, name: string) =>
  compileChart(charts[chart]).vega.data?.find((data) => data.name === name)

describe.each(Object.entries(charts))('the %s chart', (_, spec) => {
  it('compiles without a warning', () => {
    expect(compileChart(spec).warnings).toEqual([])
  })

  it('says in words what it shows', () => {
    expect(spec.description).toMatch(/^.{20,}\.$/)
    expect(spec.description).not.toMatch(/NaN|undefined|Infinity|null/)
  })

  it('has no text below 11 px', () => {
    for (const [path, value] of leaves(spec))
      if (path.at(-1)?.toLowerCase().endsWith('fontsize')) expect(value, path.join('.')).toBeGreaterThanOrEqual(11)
  })

  it('loads nothing and holds finite numbers only, but for residuals that are not there', () => {
    for (const [path, value] of leaves(spec)) {
      expect(path).not.toContain('url')
      if (typeof value === 'number' && path.at(-1) !== 'residual')
        expect(value, path.join('.')).toSatisfy(Number.isFinite)
    }
  })
})

describe('a course chart', () => {
  it('tells series apart by colour and by dash, in order of appearance', () => {
    expect(scaleOf('course', 'color')).toMatchObject({
      domain: ['typical', 'low tumour'],
      range: seriesColours.slice(0, 2),
    })
    expect(scaleOf('course', 'strokeDash')).toMatchObject({ range: seriesDashes.slice(0, 2) })
  })

  it('has one scale per axis, with ends of its own', () => {
    expect(scaleOf('course', 'x')).toMatchObject({ domain: [-5, 28] })
    expect(scaleOf('course', 'y')).toMatchObject({ type: 'log' })
  })

  it('draws observations hollow, those below a limit as triangles, bars where there is a range', () => {
    const values = JSON.stringify(dataOf('course', 'observations'))
    expect(values).toContain('"shape":"triangle-down"')
    expect(values).toContain('"range":"16.5 to 57.5"')
    expect(values).toContain('"range":"not given"')
    expect(values).toContain('Kimmel 2021')
  })

  it('labels near doses as a group, at the last of them', () => {
    const values = JSON.stringify(dataOf('course', 'doses'))
    expect(values).toContain(
      '{"time":-4,"label":"fludarabine","text":""},{"time":0,"label":"CAR-T","text":"fludarabine, CAR-T"}',
    )
    expect(values).toContain('"text":"tocilizumab"')
  })

  it('leaves the rows that it is given as they are', () => {
    const frozen = course.map((row) => Object.freeze({ ...row }))
    expect(compileChart(courseChart({ x: day, y: cells, course: frozen })).warnings).toEqual([])
  })

  it('keeps the ends of an axis that it is given, and leaves out what lies outside', () => {
    const spec = courseChart({
      x: { ...day, domain: [0, 20] },
      y: { ...cells, domain: [1, 1000] },
      course,
      observations,
    })
    const { scales, data } = compileChart(spec).vega
    expect(scales?.find(({ name }) => name === 'x')).toMatchObject({ domain: [0, 20] })
    expect(scales?.find(({ name }) => name === 'y')).toMatchObject({ domain: [1, 1000] })
    expect(JSON.stringify(data?.find(({ name }) => name === 'observations'))).not.toContain('"time":28')
  })

  it('names the peak of each curve', () => {
    expect(charts.course.description).toContain('typical peaks at 99.8 at day 10')
    expect(charts.course.description).toContain('3 observations are shown')
  })

  it('refuses what cannot stand on a logarithmic axis, and says how to go on', () => {
    const zero = [{ time: 0, value: 0, series: 'a' }]
    expect(() => courseChart({ x: day, y: cells, course: zero })).toThrow(
      '1 of 1 values are zero or below and cannot stand on a log axis; pass the rows through positiveOnly first',
    )
    expect(() => courseChart({ x: day, y: { ...cells, scale: 'linear' }, course: zero })).not.toThrow()
  })

  it('refuses an axis whose ends are not in order', () => {
    for (const domain of [
      [1, 1],
      [2, 1],
      [Number.NaN, 1],
      [0, 1],
    ] as const)
      expect(() => courseChart({ x: day, y: { ...cells, domain }, course })).toThrow('the domain of axis CAR-T cells')
  })

  it('does not let solver noise near zero fill a logarithmic axis', () => {
    const noisy = [...course, { time: 28, value: 1e-40, series: 'typical' }]
    expect(ends(courseChart({ x: day, y: cells, course: noisy }), 'y')[0]).toBeGreaterThan(1e-7)
  })

  it('draws empty axes where there is nothing', () => {
    expect(compileChart(courseChart({ x: day, y: cells, course: [] })).warnings).toEqual([])
  })
})

describe('a chart by subject', () => {
  it('gives every subject a panel with its curve, its observations and the limits', () => {
    const values = JSON.stringify(charts.subjects)
    expect(values.match(/"kind":"course"/g)).toHaveLength(course.length)
    expect(values.match(/"kind":"limit"/g)).toHaveLength(2)
    expect(values.match(/"kind":"observed"/g)).toHaveLength(observations.length)
    expect(values).toContain('"shape":"triangle-down"')
    expect(charts.subjects.description).toContain('each of 2 subjects: 3 observations, 1 of them beyond a limit')
  })

  it('refuses values that a logarithmic axis cannot show', () => {
    const rows = [{ time: 0, value: 0, series: 'a' }]
    expect(() => subjectChart({ x: day, y: cells, course: rows, observations: [] })).toThrow('positiveOnly')
  })
})

describe('a predictive check', () => {
  it('draws a box for every interval and a line for every percentile, and says how many lie outside', () => {
    const text = JSON.stringify(charts.predictiveCheck)
    expect(text).toContain('"name":"intervals"')
    expect(JSON.stringify(dataOf('predictiveCheck', 'percentiles')).match(/"observed":null/g)).toHaveLength(1)
    expect(dataOf('predictiveCheck', 'intervals')).toMatchObject({ values: { length: 8 } })
    expect(charts.predictiveCheck.description).toContain('in 3 bins: 5th percentile, median, 95th percentile')
    expect(charts.predictiveCheck.description).toContain('3 of 8 observed percentiles lie outside')
    expect(scaleOf('predictiveCheck', 'color')).toMatchObject({
      domain: ['5th percentile', 'median', '95th percentile'],
    })
  })

  it('shows shares as per cent', () => {
    expect(charts.belowLimit.description).toContain('at most 25 %')
    expect(ends(charts.belowLimit, 'y')).toEqual([0, 100])
  })
})

describe('charts of groups', () => {
  it('have a panel per group with every subject, values below the limit as triangles on it', () => {
    const text = JSON.stringify(charts.groupCurves)
    expect(text.match(/"kind":"subject"/g)).toHaveLength(12)
    expect(text.match(/"kind":"limit"/g)).toHaveLength(2)
    expect(text).toContain('triangle-down')
    expect(charts.groupCurves.description).toContain(
      '12 observations of 4 subjects in 2 groups, 4 of them below the limit of quantification',
    )
  })

  it('draw the end of a bar that a logarithmic axis cannot show at its foot', () => {
    const [lo] = ends(charts.groupSummary, 'y')
    expect(JSON.stringify(dataOf('groupSummary', 'summaries'))).toContain(`"lower":${lo}`)
    expect(charts.groupSummary.description).toContain('median with quartiles, of 2 groups')
  })
})

describe('a summary of groups with a gap', () => {
  it('breaks its line where there is no value', () => {
    const rows = [1, Number.NaN, 3].map((value, time) => ({ group: 'a', time, value, lower: value, upper: value }))
    const spec = groupSummaryChart({ x: day, y: cells, rows, statistic: 'median' })
    expect(JSON.stringify(spec)).toContain('"time":1,"value":null,"lower":null')
    expect(compileChart(spec).warnings).toEqual([])
  })
})

describe('a quantile chart', () => {
  it('leaves out what is no number, and has both axes alike', () => {
    expect(charts.quantiles.description).toContain('3 weighted residuals')
    expect(ends(charts.quantiles, 'x')).toEqual(ends(charts.quantiles, 'y'))
  })
})

describe('a band chart', () => {
  it('draws percentiles that a logarithmic axis cannot show at its foot', () => {
    const [lo] = ends(charts.band, 'y')
    expect(JSON.stringify(dataOf('band', 'bands'))).toContain(`"p5":${lo}`)
  })

  it('says of how many subjects it is', () => {
    expect(charts.band.description).toContain('percentiles of 200 subjects')
  })

  it('refuses a median of zero on a logarithmic axis', () => {
    const bands = [{ time: 0, p5: 0, p25: 0, p50: 0, p75: 1, p95: 2 }]
    expect(() => bandChart({ x: day, y: cells, bands, subjects: 1 })).toThrow('positiveOnly')
  })
})

describe('charts of a fit', () => {
  it('put observed and predicted on like axes', () => {
    expect(ends(charts.observedPredicted, 'x')).toEqual(ends(charts.observedPredicted, 'y'))
  })

  it('leave out rows without a residual, and count what lies beyond ±1.96', () => {
    expect(charts.residualsOverTime.description).toBe('Weighted residuals over time: 8 observations, 0 beyond ±1.96.')
    const far = residualChart({ rows: [{ ...predictions[0]!, residual: -7 }], over: 'time', x: day })
    const [lo, hi] = ends(far, 'y')
    expect(hi).toBeGreaterThan(7)
    expect(lo).toBe(-hi)
  })

  it('draw the best objective at the foot, whatever its sign', () => {
    const rows = [-10, -40, -40.5].map((objective, iteration) => ({ iteration, objective, run: 'a' }))
    const spec = objectiveChart({ objective: 'OFV', rows })
    const { vega, warnings } = compileChart(spec)
    const [lo] = ends(spec, 'y')
    expect(warnings).toEqual([])
    expect(JSON.stringify(vega.data)).toContain(`"objective":-40.5,"run":"a","distance":${lo}`)
    expect(compileChart(objectiveChart({ objective: 'OFV', rows: [] })).warnings).toEqual([])
  })

  it('order starts by their objective, the best at the foot, and count those without one', () => {
    const rows = [5, 1, Number.NaN, 1].map((objective, k) => ({ start: `start ${k}`, objective, converged: k > 0 }))
    const spec = waterfallChart({ objective: 'OFV', rows })
    const drawn = JSON.stringify(compileChart(spec).vega.data)
    for (const row of [
      '"start":"start 1","objective":1,"converged":true,"rank":1,"distance":0.0001',
      '"start":"start 3","objective":1,"converged":true,"rank":2,"distance":0.0001',
      '"start":"start 0","objective":5,"converged":false,"rank":3,"distance":4',
    ])
      expect(drawn).toContain(row)
    expect(spec.description).toBe('OFV reached from 3 starts, best 1; 1 could not be fitted.')
    expect(compileChart(waterfallChart({ objective: 'OFV', rows: [] })).warnings).toEqual([])
  })

  it('name strong correlations, and mark those that cannot be estimated', () => {
    expect(charts.correlation.description).toBe('Correlation of 3 estimates. Strongly correlated: b and a (−0.97).')
    expect(JSON.stringify(dataOf('correlation', 'correlation'))).toContain('"text":"n/e"')
    expect(() => correlationChart({ names: ['a'], correlation: [1, 2] })).toThrow('has 1 entries, got 2')
  })
})

describe('charts of what is known of estimates', () => {
  const texts = (spec: TopLevelSpec) =>
    [...leaves(spec)].flatMap(([, value]) => (typeof value === 'string' ? [value] : []))

  it('say interval and shape of a profile, closed, one-sided or at a bound', () => {
    expect(charts.profiles.description).toBe(
      'Profiles of the −2 log likelihood with intervals of 95 %. ka: 1.5, 1.2 to 1.88 (closed on both sides). beta: 10⁻⁴, no interval (its estimate is its lower bound 0.0001; flat to the right). shift: −1, below 1.',
    )
    expect(texts(charts.profiles)).toEqual(expect.arrayContaining(['1.5 (1.2 to 1.88)', '−1 (below 1)', 'ka (1/h)']))
  })

  it('mark ends of an interval by their kind, and shade up to the axis where it is open', () => {
    const { data = [] } = compileChart(charts.profiles).vega
    const all = JSON.stringify(data)
    // a bound to the left, an arrowhead to the right, both as far as the axis goes
    expect(all).toContain('{"value":0.0001,"rise":0,"top":3.84,"angle":-90}')
    expect(all).toMatch(/\{"value":0\.0[0-9]+,"rise":1\.92,"angle":90\}/)
    expect(all).toContain('{"value":1.2,"to":1.88,"rise":0,"top":3.84}')
  })

  it('keep a profile and its wald parabola as they are, with the limit at the same height', () => {
    const points = compileChart(charts.profiles).vega.data?.find(({ name }) => name === 'profile-1')
    expect(JSON.stringify(points)).toContain('{"value":1.5,"rise":0}')
    const [lowest, highest] = ends(charts.profiles, 'concat_0_y')
    expect([lowest, highest]).toEqual([0, 2.2 * 3.84])
  })

  it('count every bootstrap estimate that has a place, and tell those that have none', () => {
    const bins = compileChart(charts.bootstrap).vega.data?.find(({ name }) => name === 'bins-1')
    const counts = [...JSON.stringify(bins).matchAll(/"count":(\d+)/g)].map(([, count]) => Number(count))
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(5)
    expect(charts.bootstrap.description).toContain('ka: estimate 1.5, 95 % of 6 from 1.2 to 4, 1 not shown')
  })
})

describe('a target chart', () => {
  it('says within or outside in words and by shape', () => {
    const values = JSON.stringify(dataOf('targets', 'targets'))
    expect(values).toContain('"shape":"circle","low":-1,"high":1,"verdict":"within","text":"8.25 d: within 7 to 10"')
    expect(values).toContain('"shape":"diamond"')
    expect(values).toContain('"shape":"triangle-right"')
    expect(charts.targets.description).toBe(
      '1 of 3 values lie within the published range. Outside: peak (B02), grade (B03).',
    )
  })

  it('puts the ends of a range at the ends of its bar', () => {
    expect(JSON.stringify(charts.targets)).toContain('"at":-0.16666666666666666')
  })
})

describe('a distribution chart', () => {
  it('counts every value once, and says who has none', () => {
    const counts = [...JSON.stringify(dataOf('distribution', 'bins')).matchAll(/"count":(\d+)/g)].map((match) =>
      Number(match[1]),
    )
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(4)
    expect(charts.distribution.description).toBe(
      'Return of B cells of 4 subjects: median 105. published: 65 to 159. 1 subjects have no value.',
    )
  })
})

import { libraryModel } from '@cartkin/cart-models'
import { createModelCache, runJob } from '@cartkin/compute'
import { parseModel } from '@cartkin/model'
import { timeGrid } from '@cartkin/simulation'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadDashboard } from './load-dashboard.ts'

interface Range {
  readonly low: number
  readonly high: number
}

interface Curves {
  readonly times: Float64Array
  readonly values: ReadonlyMap<string, Float64Array>
}

const {
  zoomedPeriod,
  movedPeriod,
  keptWithin,
}: {
  zoomedPeriod(shown: Range, full: Range, factor: number, around?: number): Range | null
  movedPeriod(shown: Range, full: Range, part: number): Range | null
  keptWithin(period: Range, full: Range): Range | null
} = await loadDashboard('plot/zoom-period.ts')
const { unshownCount, unshownText } = await loadDashboard('plot/unshown-count.ts')
const {
  createHeldDomain,
}: {
  createHeldDomain(): (
    key: readonly unknown[],
    active: { readonly id: string; readonly curves: Curves },
    others: readonly { readonly id: string; readonly curves: Curves }[],
    domainOf: (curves: readonly Curves[]) => Range,
  ) => Range
} = await loadDashboard('plot/held-domain.ts')
const { windowFigures } = await loadDashboard('plot/window-figures.ts')
const {
  strongestInfluences,
}: {
  strongestInfluences(
    found: object,
    quantity: string,
    time: number,
    most: number,
  ): {
    readonly value: number
    readonly influences: readonly { readonly name: string; readonly elasticity: number }[]
  }
} = await loadDashboard('plot/influence.ts')
const { doseTicks, dosesText } = await loadDashboard('plot/dose-ticks.ts')
const { givenCells } = await loadDashboard('regimen/given-cells.ts')

const full = { low: -10, high: 365 }
const curvesOf = (times: readonly number[], values: readonly number[]): Curves => ({
  times: Float64Array.from(times),
  values: new Map([['y', Float64Array.from(values)]]),
})

describe('times shown', () => {
  const shown = fc
    .tuple(fc.double({ min: -10, max: 300, noNaN: true }), fc.double({ min: 1, max: 60, noNaN: true }))
    .map(([low, span]) => ({ low, high: low + span }))

  it('stay within the run, however they are zoomed and moved', () => {
    fc.assert(
      fc.property(
        shown,
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.double({ min: -3, max: 3, noNaN: true }),
        (from, factor, part) => {
          for (const next of [zoomedPeriod(from, full, factor), movedPeriod(from, full, part)]) {
            if (!next) continue
            expect(next.low).toBeGreaterThanOrEqual(full.low - 1e-9)
            expect(next.high).toBeLessThanOrEqual(full.high + 1e-9)
            expect(next.low).toBeLessThan(next.high)
          }
        },
      ),
    )
  })

  it('keep the time under the pointer where it is on the screen', () => {
    const next = zoomedPeriod({ low: 0, high: 100 }, full, 0.5, 25)
    expect(next).toEqual({ low: 12.5, high: 62.5 })
  })

  it('are the whole run where they would be longer', () => {
    expect(zoomedPeriod({ low: 0, high: 300 }, full, 2)).toBeNull()
    expect(keptWithin({ low: -20, high: 400 }, full)).toBeNull()
    expect(keptWithin({ low: 5, high: 5 }, full)).toBeNull()
    expect(keptWithin({ low: Number.NaN, high: 5 }, full)).toBeNull()
  })
})

describe('axes that are held', () => {
  const domainOf = (all: readonly Curves[]): Range => ({
    low: 0,
    high: Math.max(1, ...all.flatMap(({ values }) => [...(values.get('y') ?? [])])),
  })
  const own = { id: 'a', curves: curvesOf([0, 1], [1, 2]) }
  const key = ['log', 0, 10]

  it('stay when curves change, another scenario is active, or the active one is copied', () => {
    const held = createHeldDomain()
    const first = held(key, own, [], domainOf)
    const moved = { id: 'a', curves: curvesOf([0, 1], [1, 50]) }
    expect(held(key, moved, [], domainOf)).toEqual(first)
    const copy = { id: 'b', curves: moved.curves }
    expect(held(key, moved, [copy], domainOf)).toEqual(first)
    expect(held(key, copy, [moved], domainOf)).toEqual(first)
  })

  it('make room for a scenario that comes from elsewhere, and are made anew with another key', () => {
    const held = createHeldDomain()
    held(key, own, [], domainOf)
    const foreign = { id: 'c', curves: curvesOf([0, 1], [1, 70]) }
    expect(held(key, own, [foreign], domainOf).high).toBe(70)
    expect(held(key, own, [], domainOf).high).toBe(70)
    expect(held(['log', 0, 5], own, [], domainOf).high).toBe(1)
  })
})

describe('a log axis', () => {
  it('leaves out what is zero or below within the times shown, of curves and observations', () => {
    const curves = [curvesOf([0, 1, 2, 3, 4], [0, -1, 5, 0, 0])]
    const seen = [
      { quantity: 'y', time: 2, value: 0 },
      { quantity: 'y', time: 9, value: 0 },
      { quantity: 'x', time: 2, value: 0 },
    ]
    expect(unshownCount(['y'], { low: 1, high: 3 }, curves, seen)).toBe(3)
    expect(unshownText(3)).toBe('3 values are zero or below and cannot be shown on a log axis.')
  })
})

describe('figures of some times', () => {
  it('are those of the line between the points, both ends among them', () => {
    const line = curvesOf([0, 10], [0, 10])
    expect(windowFigures(line, 'y', { low: 2, high: 6 })).toEqual({
      highest: 6,
      highestAt: 6,
      lowest: 2,
      area: 16,
      last: 6,
    })
    expect(windowFigures(line, 'z', { low: 2, high: 6 })).toBeNull()
  })

  it('add up over neighbouring times', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 5, maxLength: 5 }), (values) => {
        const curve = curvesOf([0, 1, 3, 4, 8], values)
        const area = (low: number, high: number): number => windowFigures(curve, 'y', { low, high }).area
        expect(area(0, 2.5) + area(2.5, 8)).toBeCloseTo(area(0, 8), 8)
      }),
    )
  })
})

describe('what matters', () => {
  it('is per cent of the value for one per cent of the parameter, the strongest first; what changes nothing is left out', () => {
    const sensitivities = {
      times: Float64Array.of(0, 10),
      quantities: ['y'],
      varied: ['weak', 'strong', 'none', 'past'],
      at: Float64Array.of(2, 4, 1, 1),
      values: [Float64Array.of(10, 20)],
      derivatives: [Float64Array.of(1, 1, -5, -10, 0, 0, Number.NaN, Number.NaN)],
    }
    expect(strongestInfluences(sensitivities, 'y', 10, 8)).toEqual({
      value: 20,
      influences: [
        { name: 'strong', elasticity: -2 },
        { name: 'weak', elasticity: 0.1 },
      ],
    })
    expect(strongestInfluences(sensitivities, 'y', 5, 1)).toEqual({
      value: 15,
      influences: [{ name: 'strong', elasticity: -2 }],
    })
    for (const time of [-1, 11]) expect(strongestInfluences(sensitivities, 'y', time, 8).influences).toEqual([])
    const atZero = { ...sensitivities, values: [Float64Array.of(0, 0)] }
    expect(strongestInfluences(atZero, 'y', 5, 8)).toEqual({ value: 0, influences: [] })
  })

  it('is what finite differences of whole runs say, for CAR-T cells in lupus', async () => {
    const { text, regimen, start } = libraryModel('lupus-qsp')
    const hooks = { models: createModelCache() }
    const times = timeGrid(start, 60, 0.5)
    const scenario = { text, doses: { regimen }, start, times, solver: { rtol: 1e-10, atol: 1e-12 } }
    const varied = ['rho', 'dose', 'w_flu', 'x_EX']
    const answer = await runJob(
      { ...scenario, kind: 'sensitivities', parameters: {}, varied, quantities: ['B', 'CAR'] },
      hooks,
    )
    if (answer.status !== 'ok' || answer.result.kind !== 'sensitivities') throw new Error(JSON.stringify(answer))
    const { at } = answer.result
    const carAt = async (parameters: Readonly<Record<string, number>>): Promise<number> => {
      const run = await runJob({ ...scenario, kind: 'simulate', parameters, endpoints: [] }, hooks)
      if (run.status !== 'ok' || run.result.kind !== 'simulate') throw new Error(JSON.stringify(run))
      const column = run.result.table.columns.find(({ name }) => name === 'CAR')
      return column?.kind === 'number' ? (column.values[times.indexOf(21.5)] ?? Number.NaN) : Number.NaN
    }
    const sensitivities = { ...answer.result, times, quantities: ['B', 'CAR'] }
    const { value, influences } = strongestInfluences(sensitivities, 'CAR', 21.5, 8)
    expect(value).toBeCloseTo(await carAt({}), 6)
    expect(influences.length).toBeGreaterThanOrEqual(3)
    for (const { name, elasticity } of influences) {
      const own = at[varied.indexOf(name)] ?? Number.NaN
      const difference = (await carAt({ [name]: 1.0001 * own })) - (await carAt({ [name]: 0.9999 * own }))
      expect(elasticity).toBeCloseTo(difference / 2e-4 / value, 3)
    }
  })
})

describe('doses', () => {
  const model = { timeUnit: 'day', states: [{ name: 'depot', unit: 'mg' }], parameters: [], bioavailability: new Map() }

  it('have their amount in text, and are told with their times', () => {
    const doses = [
      { time: 0, cmt: 'depot', amt: 30, label: 'Loading dose' },
      { time: 7, cmt: 'depot', amt: 10, ii: 7, addl: 1, label: 'Maintenance 10 mg' },
    ]
    const ticks = doseTicks({ doses }, null, model)
    expect(ticks).toEqual([
      { time: 0, label: 'Loading dose 30 mg' },
      { time: 7, label: 'Maintenance 10 mg' },
      { time: 14, label: 'Maintenance 10 mg' },
    ])
    expect(dosesText(ticks, { low: 0, high: 10 }, 'day')).toBe(
      'Given: Loading dose 30 mg at day 0; Maintenance 10 mg at day 7.',
    )
    expect(dosesText(ticks, { low: 20, high: 30 }, 'day')).toBe('')
  })

  it('of cells are told by the parameter that holds them, where the model turns a dose of 1 into cells', () => {
    const { text, regimen } = libraryModel('lupus-qsp')
    const parsed = parseModel(text)
    if (!parsed.ok) throw new Error('a model of the library')
    expect([...givenCells(parsed.model)]).toEqual([['CI', { name: 'dose', unit: 'cells/kg' }]])
    const labels = doseTicks(regimen, null, parsed.model, new Map([['CI', '2e6 cells/kg']])).map(
      ({ label }: { label: string }) => label,
    )
    expect(labels.slice(-2)).toEqual([
      'Fludarabine 25 mg/m² and cyclophosphamide 1000 mg/m²',
      'CD19 CAR-T cells 2e6 cells/kg',
    ])
  })
})

import { type LibraryModel, libraryModel } from '@cartkin/cart-models'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadDashboard } from './load-dashboard.ts'

interface Bounds {
  readonly lower: number
  readonly upper: number
}
interface Info {
  readonly name: string
  readonly label: string
  readonly unit: string
  readonly value: number
  readonly lowest: number
  readonly highest: number
  readonly transform: { readonly kind: 'identity' | 'log' }
  readonly deviation: number | undefined
}
interface Scale {
  readonly kind: 'linear' | 'log'
  readonly low: number
  readonly high: number
  position(value: number): number
  value(position: number): number
}
interface Opened {
  readonly parameters: ReadonlyMap<string, Info>
}

const {
  parameterScale,
  usualBounds,
}: {
  parameterScale(info: Info, present: number, bounds?: Bounds): Scale
  usualBounds(info: Info): Bounds
} = await loadDashboard('state/parameter-scale.ts')
const {
  typedBounds,
}: {
  typedBounds(
    info: Info,
    before: Bounds,
    end: 'lower' | 'upper',
    text: string,
    usual: Bounds,
  ): { readonly kind: string }
} = await loadDashboard('state/typed-bounds.ts')
const {
  parameterTable,
  readParameterTable,
}: {
  parameterTable(parameters: Iterable<Info>, scenario: object, desk: object): string
  readParameterTable(
    text: string,
    opened: Opened,
  ): {
    readonly values: Readonly<Record<string, number>>
    readonly bounds: Readonly<Record<string, Bounds>>
    readonly problems: readonly { readonly line: number; readonly text: string }[]
  }
} = await loadDashboard('state/parameter-table.ts')
const { openLibraryModel }: { openLibraryModel(library: LibraryModel): Opened } =
  await loadDashboard('state/open-library-model.ts')
const { scanColours }: { scanColours(count: number, ground: string): readonly string[] } =
  await loadDashboard('plot/scan-ramp.ts')

const info = (value: number, others: Partial<Info> = {}): Info => ({
  ...{ name: 'k', label: 'Rate', unit: '1/day', value, lowest: 0, highest: Number.POSITIVE_INFINITY },
  ...{ transform: { kind: 'identity' }, deviation: undefined },
  ...others,
})

describe('the scale of a slider', () => {
  it('goes from bound to bound, rises, and reads positions back', () => {
    const bounds = fc
      .tuple(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), fc.double({ min: 1.01, max: 1e4, noNaN: true }))
      .map(([lower, ratio]) => ({ lower, upper: lower * ratio }))
    fc.assert(
      fc.property(bounds, fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean(), (range, at, isLog) => {
        const own = isLog ? info(range.lower) : info(range.lower, { transform: { kind: 'log' } })
        const scale = parameterScale(own, range.lower, range)
        expect(scale.kind).toBe(isLog ? 'log' : 'linear')
        expect([scale.value(0), scale.value(1)]).toEqual([range.lower, range.upper])
        expect(scale.position(scale.value(at))).toBeCloseTo(at, 2)
        // a thousandth of the slider is seen
        if (at < 0.999) expect(scale.value(at + 0.001)).toBeGreaterThan(scale.value(at))
      }),
    )
  })

  it('is a tenth to ten times the value, and follows its bounds', () => {
    expect(usualBounds(info(0.35))).toEqual({ lower: 0.035, upper: 3.5 })
    expect(usualBounds(info(0.3, { unit: '1' }))).toEqual({ lower: 0.03, upper: 1 })
    expect(usualBounds(info(0))).toEqual({ lower: 0, upper: 1 })
    expect(parameterScale(info(1), 1, { lower: 0.5, upper: 2 }).value(0.5)).toBe(1)
    // a value outside the bounds is still on the slider
    expect(parameterScale(info(1), 5, { lower: 0.5, upper: 2 }).high).toBe(5)
  })
})

describe('typed bounds', () => {
  const usual = { lower: 0.1, upper: 10 }
  it.each([
    ['lower', '0.5', { lower: 0.5, upper: 10 }],
    ['upper', '', { lower: 0.1, upper: 10 }],
  ] as const)('%s %j are taken', (end, text, bounds) => {
    expect(typedBounds(info(1), usual, end, text, usual)).toEqual({ kind: 'bounds', bounds })
  })
  it.each([
    ['lower', '10'],
    ['lower', '-1'],
    ['upper', '0.1'],
    ['upper', '1e999'],
    ['upper', '1,5'],
  ] as const)('%s %j are refused', (end, text) => {
    expect(typedBounds(info(1), usual, end, text, usual)).toMatchObject({ kind: 'refused', end })
  })
})

describe('parameters as lines of a spreadsheet', () => {
  const opened = openLibraryModel(libraryModel('stein-2019'))
  it('come back as they were copied', () => {
    const names = [...opened.parameters.keys()]
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...names), fc.double({ min: 0.001, max: 0.9, noNaN: true })),
        (drawn) => {
          const changed = Object.fromEntries(
            Object.entries(drawn).filter(([name, value]) => {
              const own = opened.parameters.get(name)
              return own && value >= own.lowest && value <= own.highest
            }),
          )
          const text = parameterTable(opened.parameters.values(), { parameters: changed }, { bounds: {}, fixed: [] })
          const { values, bounds, problems } = readParameterTable(text, opened)
          expect(problems).toEqual([])
          expect(bounds).toEqual({})
          for (const [name, { value }] of opened.parameters) expect(values[name], name).toBe(changed[name] ?? value)
        },
      ),
      { numRuns: 30 },
    )
  })

  it('tell each line that cannot be used', () => {
    const [name = ''] = opened.parameters.keys()
    const { values, problems } = readParameterTable(`${name}\t0.5\r\nnobody\t1\n${name}\t1,5\n\n${name}\n`, opened)
    expect(values).toEqual({ [name]: 0.5 })
    expect(problems.map(({ line }) => line)).toEqual([2, 3, 5])
    expect(problems[0]?.text).toContain('no parameter “nobody”')
    expect(readParameterTable('__proto__\t1\nconstructor\t2', opened).values).toEqual({})
  })

  it('bring bounds along where a header names them', () => {
    const [name = ''] = opened.parameters.keys()
    expect(readParameterTable(`name\tlower\tupper\tvalue\n${name}\t0.1\t0.9\t0.5`, opened)).toEqual({
      values: { [name]: 0.5 },
      bounds: { [name]: { lower: 0.1, upper: 0.9 } },
      problems: [],
    })
  })
})

describe('colours of a scan', () => {
  const luminance = (colour: string): number => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5]
      .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  it.each([
    ['#ffffff', 1],
    ['#fff', 1],
    ['#12171d', luminance('#12171d')],
  ])('on %s keep 3:1, and their lightness goes one way', (ground, behind) => {
    for (const count of [2, 7, 25]) {
      const lights = scanColours(count, ground).map(luminance)
      for (const light of lights) {
        const [low, high] = [Math.min(light, behind), Math.max(light, behind)]
        expect((high + 0.05) / (low + 0.05)).toBeGreaterThanOrEqual(3)
      }
      const way = Math.sign((lights.at(-1) ?? 0) - (lights[0] ?? 0))
      expect(lights.every((light, k) => k === 0 || Math.sign(light - (lights[k - 1] ?? 0)) === way)).toBe(true)
    }
  })
})

import { libraryModel, libraryModels } from '@cartkin/cart-models'
import { quantities } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { modelOf, oncology, simulate } from './fixtures.ts'

const { scenarios = [] } = libraryModel('oncology-qsp')

describe.each(libraryModels.filter((library) => (library.scenarios ?? []).length > 0))(
  'scenarios of $id',
  (library) => {
    it('say of every value that differs how far it can be trusted', () => {
      for (const { id, parameters, notes = {} } of library.scenarios ?? []) {
        for (const name of Object.keys(notes)) expect(Object.keys(parameters), id).toContain(name)
        for (const { source } of Object.values(notes)) expect(source, id).not.toBe('')
      }
    })

    it('have names of their own and change parameters that there are', () => {
      const known = modelOf(library.id).parameters.map(({ name }) => name)
      const ids = (library.scenarios ?? []).map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
      for (const { parameters } of library.scenarios ?? [])
        for (const name of Object.keys(parameters)) expect(known).toContain(name)
    })
  },
)

describe('levers of products', () => {
  const lever = (id: string) => scenarios.find((scenario) => scenario.id === id)
  const typical = new Map(oncology.model.parameters.map(({ name, value }) => [name, value ?? Number.NaN]))

  it('are assumptions, and go where 4-1BB is known to go', () => {
    const { parameters = {}, notes = {} } = lever('4-1bb') ?? {}
    for (const [name, sign] of [
      ['rho', -1],
      ['d_E', -1],
      ['x_EX', -1],
      ['m_EM', 1],
      ['d_M', -1],
    ] as const) {
      expect(Math.sign((parameters[name] ?? Number.NaN) - (typical.get(name) ?? Number.NaN)), name).toBe(sign)
      expect(notes[name]?.trust, name).toBe('assumption')
    }
  })

  it('are each one of those of the product', () => {
    const { parameters = {} } = lever('4-1bb') ?? {}
    for (const id of [
      'slower-proliferation',
      'slower-contraction',
      'less-exhaustion',
      'more-memory',
      'lasting-memory',
    ]) {
      const [[name = '', value] = []] = Object.entries(lever(id)?.parameters ?? {})
      expect(parameters[name], id).toBe(value)
    }
  })
})

describe('loss of antigen', () => {
  const at = (parameters: Readonly<Record<string, number>>, day: number) => {
    const run = simulate(oncology, 'oncology-qsp', { end: 400, parameters })
    const names = quantities(oncology.model).map(({ name }) => name)
    const values = new Float64Array(names.length)
    run.read(day, values)
    return (name: string) => values[names.indexOf(name)]!
  }
  /** Nothing but the loss of antigen acts on the tumour. */
  const alone = { gT: 0, kT: 0, kLD_tum: 0 }

  it('does not happen in the typical run', () => {
    expect(at({}, 400)('TN')).toBe(0)
  })

  it('turns cells into others, one for one, at its rate', () => {
    const read = at({ ...alone, mu: 0.01 }, 100)
    // from day -7 on
    expect(read('TS')).toBeCloseTo(95 * Math.exp(-1.07), 4)
    expect(read('TS') + read('TN')).toBeCloseTo(95, 6)
  })

  it('leaves the tumour that is lost from sight to grow as it would without CAR-T cells', () => {
    const mu = 1e-6
    const [early, late] = [at({ gT: 0.05, mu }, 60)('TN'), at({ gT: 0.05, mu }, 160)('TN')]
    // hardly any is lost anew after day 60; growth slows by what it holds of the 5000 mL
    expect(Math.log(late / early) / 100).toBeGreaterThan(0.0498)
    expect(Math.log(late / early) / 100).toBeLessThan(0.0501)
  })

  it('is what the rates of division and death of the tumour add up to', () => {
    const rates = (day: number) => {
      const read = at({ gT: 0.05, mu: 1e-3 }, day)
      return [read('divTS') - read('lossTS'), read('TS')] as const
    }
    // d log(TS)/dt between two days, by the trapezoid over a short time
    const [[from, before], [to, after]] = [rates(3), rates(3.01)]
    expect(Math.log(after / before) / 0.01).toBeCloseTo((from + to) / 2, 3)
  })
})

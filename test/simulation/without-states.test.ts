import { exp } from '@cartkin/numerics'
import { endpoints, gridTable, parameterVector, recordTable, simulateSubject } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { compiled } from './fixtures.ts'

const decay = compiled('a = 2\nk = 0.5\ny = a*exp(-k*time)\nhill = a^2/(a^2 + k^2)\n')

const run = (model = decay, sensitivities?: readonly number[]) =>
  simulateSubject({
    model,
    parameters: parameterVector(model.model),
    records: [],
    start: 0,
    end: 10,
    ...(sensitivities && { sensitivities }),
  })

describe('a model without states', () => {
  it('gives its outputs at any time', () => {
    const course = run()
    expect(course.outcome).toEqual({ status: 'finished', t: 10 })
    const table = gridTable(decay.model, course, Float64Array.of(0, 1, 10))
    expect(table.columns.map(({ name }) => name)).toEqual(['time', 'y', 'hill'])
    expect(table.columns[1]?.values).toEqual(Float64Array.of(2, 2 * exp(-0.5), 2 * exp(-5)))
    expect(table.columns[2]?.values).toEqual(new Float64Array(3).fill(4 / 4.25))
  })

  it('gives as many rows as are asked, by the kernel as by the tape', () => {
    const times = Float64Array.from({ length: 3000 }, (_, k) => k / 300)
    const many = gridTable(decay.model, run(), times).columns[1]
    const course = run()
    const one = new Float64Array(2)
    times.forEach((t, k) => {
      course.read(t, one)
      expect(many?.values[k]).toBe(one[0])
    })
  })

  it('has the exact derivatives of its outputs', () => {
    const course = run(decay, [0, 1])
    const out = new Float64Array(4)
    course.readSensitivities(3, out)
    const a = decay.model.outputs.findIndex(({ name }) => name === 'y')
    expect(out[a]).toBeCloseTo(exp(-1.5), 14)
    expect(out[2 + a]).toBeCloseTo(-6 * exp(-1.5), 13)
  })

  it('has endpoints: extremes, crossings and areas', () => {
    const bump = compiled('k = 4\ny = time*exp(-k*time)\n')
    const found = endpoints(bump.model, run(bump), [
      { name: 'Tmax', label: '', unit: '', kind: 'timeOfMaximum', quantity: 'y' },
      { name: 'AUC', label: '', unit: '', kind: 'auc', quantity: 'y' },
      { name: 'below', label: '', unit: '', kind: 'firstBelow', quantity: 'y', threshold: 1e-3, after: 'Tmax' },
    ])
    expect(found[0]?.value).toBeCloseTo(0.25, 6)
    expect(found[1]?.value).toBeCloseTo(1 / 16, 9)
    const t = found[2]?.value ?? Number.NaN
    expect(t * exp(-4 * t)).toBeCloseTo(1e-3, 9)
  })

  it('follows its time switches, and rows of records', () => {
    const model = compiled('on = 3\ny = 1\nif (t >= on) y = 2\n')
    const course = simulateSubject({
      model,
      parameters: parameterVector(model.model),
      records: [2, 3, 4].map((time) => ({ time, evid: 0 as const })),
      start: 0,
      end: 5,
    })
    const table = recordTable(
      model.model,
      course,
      [2, 3, 4].map((time) => ({ time, evid: 0 as const })),
    )
    expect(table.columns.find(({ name }) => name === 'y')?.values).toEqual(Float64Array.of(1, 2, 2))
    expect(course.eventTimes).toEqual(Float64Array.of(3))
  })

  it('refuses a dose that would do nothing', () => {
    const dose = (cmt?: string) => () =>
      simulateSubject({
        model: decay,
        parameters: parameterVector(decay.model),
        records: [{ time: 0, evid: 1, amt: 1, ...(cmt !== undefined && { cmt }) }],
        start: 0,
        end: 1,
      })
    expect(dose()).toThrow('record 1: a dose, but the model has no states and computes nothing from doses')
    expect(dose('depot')).toThrow('no state depot to dose; the model has no states')
  })
})

import { libraryModel } from '@cartkin/cart-models'
import {
  endPhase,
  parameterVector,
  regimenRecords,
  type SubjectRun,
  simulateSubject,
  simulateWithExtinction,
} from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { oncology } from './fixtures.ts'

const library = libraryModel('oncology-qsp')
const rule = library.extinction
if (rule === undefined) throw new Error('oncology-qsp has no extinction rule')
const { model } = oncology
const place = (name: string) => [...model.states, ...model.outputs].findIndex((own) => own.name === name)

function conditions(given: Readonly<Record<string, number>>) {
  const parameters = parameterVector(model, given)
  const records = regimenRecords(model, library.regimen, parameters)
  return { model: oncology, parameters, records, start: library.start, end: 365 }
}

const run = (given: Readonly<Record<string, number>>): SubjectRun =>
  simulateSubject({ ...conditions(given), options: { rtol: 1e-9, atol: 1e-12, atolByState: { TS: 1e-22 } } })

/** CAR-T cells that last, so that the tumour comes down to its last cells. */
const lasting = { rho: 1.55, d_E: 0.16, x_EX: 0.00795, m_EM: 0.0328, d_M: 0.014 }

describe('the tumour of oncology-qsp', () => {
  it('has growth and loss whose difference is its rate of change', () => {
    const course = run(lasting)
    const rate = (t: number) => course.value(place('divTS'), t) - course.value(place('lossTS'), t)
    for (const t of [1, 5, 20, 60]) {
      const h = 1e-3
      const slope = Math.log(course.value(place('TS'), t + h) / course.value(place('TS'), t - h)) / (2 * h)
      expect(slope).toBeCloseTo(rate(t), 4)
    }
  })

  it('typically never has so few cells that chance could cure', () => {
    const typical = conditions({})
    expect(endPhase(model, typical.parameters, run({}), rule)).toBeNull()
  })

  it('that lasting CAR-T cells bring down to its last cells has its course as the mean', () => {
    const course = run(lasting)
    const phase = endPhase(model, conditions(lasting).parameters, course, rule)
    if (phase === null) throw new Error('there is no end phase')
    for (const share of [0.25, 0.5, 1]) {
      const t = phase.entered + share * (phase.left - phase.entered)
      const cells = course.value(place('TS'), t) * rule.cellsPerUnit
      expect((phase.cells * Math.exp(phase.descendants.logMean(t))) / cells).toBeCloseTo(1, 4)
    }
  })

  it('is then cured as often as the probability says, and without it normal B cells are as before', () => {
    const count = 100
    const courses = Array.from({ length: count }, (_, index) =>
      simulateWithExtinction(conditions(lasting), [], rule, { seed: 5, index }),
    )
    const { probability } = courses[0]!.extinction
    expect(probability).toBeGreaterThan(0.02)
    expect(probability).toBeLessThan(0.98)
    const cured = courses.filter(({ extinction }) => extinction.drawn?.extinct === true)
    expect(Math.abs(cured.length / count - probability)).toBeLessThan(
      4 * Math.sqrt((probability * (1 - probability)) / count),
    )
    for (const { run: course } of cured.slice(0, 3)) {
      expect(course.value(place('TS'), 365)).toBe(0)
      expect(course.value(place('B'), 100) / run(lasting).value(place('B'), 100)).toBeCloseTo(1, 3)
    }
  })
})

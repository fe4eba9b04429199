import { type CompiledModel, compileModel, parseModel } from '@cartkin/model'
import {
  type DecisionRule,
  type DrawnExtinction,
  drawEndPhase,
  type EndPhase,
  type ExtinctionRule,
  endPhase,
  endpoints,
  parameterVector,
  type SubjectRun,
  simulateSubject,
  simulateWithExtinction,
} from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'

const rule: ExtinctionRule = { quantity: 'B', cellsPerUnit: 1e3, threshold: 20, birth: 'growth', death: 'kill' }

/** A tumour of 1000 cells under killing that fades. */
const text = `
growth = 0.2 # [1/day] Growth
fast   = 1.2 # [1/day] Fastest killing
fade   = 0.1 # [1/day] Fading
B0     = 1   # [mL] Tumour

kill = fast*exp(-fade*t) # [1/day] Killing
d/dt(B) = (growth - kill)*B # [mL] Tumour
d/dt(A) = -0.1*A # [mL] Another state
B(0) = B0
A(0) = 1
`

function compiledText(source: string): CompiledModel {
  const parsed = parseModel(source)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics))
  return compileModel(parsed.model)
}

const model = compiledText(text)
const options = { rtol: 1e-9, atol: 1e-16 }

function runTo(end: number, given: Readonly<Record<string, number>> = {}): SubjectRun {
  return simulateSubject({
    model,
    parameters: parameterVector(model.model, given),
    records: [],
    start: 0,
    end,
    options,
  })
}

function phaseOf(end: number, given: Readonly<Record<string, number>> = {}, own = rule): EndPhase {
  const phase = endPhase(model.model, parameterVector(model.model, given), runTo(end, given), own)
  if (phase === null) throw new Error('there is no end phase')
  return phase
}

/** Patients 0 … count − 1. */
const drawn = (phase: EndPhase, count: number, own = rule) =>
  Array.from({ length: count }, (_, index) => drawEndPhase(phase, { seed: 7, index }, own.threshold))

/** Cells at the end of a phase. */
function cellsAtEnd({ descendants, left }: EndPhase, { cells, regrown }: DrawnExtinction): number {
  return Number.isNaN(regrown) ? cells : cells * Math.exp(descendants.logMean(left) - descendants.logMean(regrown))
}

/** Largest distance of a frequency from its probability that chance explains, but once in millions. */
const limit = (probability: number, count: number) => 5 * Math.sqrt((probability * (1 - probability)) / count) + 1e-9

describe('an end phase', () => {
  const run = runTo(60)
  const phase = phaseOf(60)

  it('begins when the cells become fewer than the threshold, and ends when they would be as many again', () => {
    const state = new Float64Array(3)
    for (const t of [phase.entered, phase.left]) {
      run.read(t, state)
      expect(state[0]).toBeCloseTo(0.02, 8)
    }
    run.read((phase.entered + phase.left) / 2, state)
    expect(state[0]).toBeLessThan(0.02)
    expect(phase.cells).toBe(20)
  })

  it('has the course of the equations as its mean', () => {
    for (let t = phase.entered; t < 60; t += 1.7)
      expect((20 * Math.exp(phase.descendants.logMean(t))) / (1e3 * run.value(0, t))).toBeCloseTo(1, 6)
  })

  it('ends with the run where that is earlier', () => {
    const early = phaseOf((phase.entered + phase.left) / 2)
    expect(early.left).toBe((phase.entered + phase.left) / 2)
    expect(early.probability).toBeLessThan(phase.probability)
  })

  it('has a probability of extinction that rises with killing and falls with growth and with cells', () => {
    const { probability } = phase
    expect(probability).toBeGreaterThan(0.05)
    expect(probability).toBeLessThan(0.95)
    expect(phaseOf(80, { fast: 1.3 }).probability).toBeGreaterThan(probability)
    expect(phaseOf(80, { growth: 0.22 }).probability).toBeLessThan(probability)
    expect(phaseOf(80, {}, { ...rule, cellsPerUnit: 2e3, threshold: 40 }).probability).toBeLessThan(probability)
  })

  it('does not depend on where the threshold is, as long as many cells die or live for certain above it', () => {
    // a process of 1000 cells from the start is the same as one that becomes a process at 500 of them by the equations
    const high = phaseOf(80, { B0: 100 }, { ...rule, threshold: 4000 })
    const higher = phaseOf(80, { B0: 100 }, { ...rule, threshold: 8000 })
    expect(Math.abs(high.probability - higher.probability)).toBeLessThan(0.01)
  })

  it('is not there where the cells stay many', () => {
    const run = runTo(60, { fast: 0.3 })
    expect(endPhase(model.model, parameterVector(model.model, { fast: 0.3 }), run, rule)).toBeNull()
  })

  it('begins with the run where the cells are few from the start', () => {
    const few = phaseOf(60, { B0: 0.007 })
    expect([few.entered, few.cells]).toEqual([0, 7])
    expect(phaseOf(60, { B0: 0 }).probability).toBe(1)
  })

  it('refuses a rule that does not fit', () => {
    const of = (own: Partial<ExtinctionRule>) => () => phaseOf(60, {}, { ...rule, ...own })
    expect(of({ quantity: 'kill' })).toThrow('extinction is of kill, which is not a state of the model')
    expect(of({ threshold: 1.5 })).toThrow('whole number of cells from 1 to 1000000, got 1.5')
    expect(of({ cellsPerUnit: Number.NaN })).toThrow('cellsPerUnit above 0, got NaN')
    expect(of({ birth: 'lambda' })).toThrow('the rate lambda, which is no parameter, state or output')
  })
})

describe('what is drawn', () => {
  const phase = phaseOf(60)
  const count = 4000
  const patients = drawn(phase, count)

  it('dies out as often as the closed form says, at every time', () => {
    for (const share of [0.2, 0.4, 0.6, 0.8, 1]) {
      const t = phase.entered + share * (phase.left - phase.entered)
      const probability = phase.descendants.extinctionProbability(t, phase.cells)
      const frequency = patients.filter(({ extinct, time }) => extinct && time <= t).length / count
      expect(Math.abs(frequency - probability)).toBeLessThan(limit(probability, count))
    }
  })

  it('has the course of the equations as its mean over the patients, those without a cell among them', () => {
    const numbers = patients.map((own) => cellsAtEnd(phase, own))
    const mean = numbers.reduce((sum, cells) => sum + cells, 0) / count
    const spread = Math.sqrt(numbers.reduce((sum, cells) => sum + (cells - mean) ** 2, 0) / count / count)
    expect(Math.abs(mean - 20)).toBeLessThan(5 * spread)
  })

  it('has a whole number of cells at the end of the phase, and was at the threshold or turned before it', () => {
    for (const own of patients) {
      const number = cellsAtEnd(phase, own)
      expect(Math.abs(number - Math.round(number))).toBeLessThan(1e-4 * (1 + number))
      expect(own.cells === 20 || own.extinct || number < 20 || own.regrown < phase.left).toBe(true)
    }
    expect(patients.some(({ cells }) => cells === 20)).toBe(true)
    expect(patients.some(({ cells }) => cells > 20)).toBe(true)
    expect(patients.some(({ cells, extinct }) => cells < 20 && !extinct)).toBe(true)
  })

  it('is as a simulation of every birth and death', () => {
    const births = patients.length / 4
    const simulated = Array.from({ length: births }, (_, k) => everyEvent(phase, k))
    for (const most of [0, 3, 10, 20, 40, 80]) {
      const own = patients.filter((own) => Math.round(cellsAtEnd(phase, own)) <= most).length / count
      const other = simulated.filter((cells) => cells <= most).length / births
      expect(Math.abs(own - other)).toBeLessThan(limit(own, births) + limit(own, count))
    }
  })

  it('of a single cell survives as often, and with as many cells in the mean, as the closed form says', () => {
    const single = phaseOf(12, { B0: 0.001, fast: 0.3, fade: 0.3 })
    const many = 40_000
    const one = drawn(single, many)
    const survivors = one.filter(({ extinct }) => !extinct)
    const { descendants, left, probability } = single
    expect(left).toBe(12)
    expect(Math.abs(survivors.length / many - (1 - probability))).toBeLessThan(limit(probability, many))
    const mean = Math.exp(descendants.logSurvivors(left))
    const cells = survivors.map((own) => Math.round(cellsAtEnd(single, own)))
    const spread = mean / Math.sqrt(cells.length)
    expect(Math.abs(cells.reduce((x, y) => x + y) / cells.length - mean)).toBeLessThan(5 * spread)
    // geometric: one alone with the probability 1/mean
    const alone = cells.filter((n) => n === 1).length / cells.length
    expect(Math.abs(alone - 1 / mean)).toBeLessThan(limit(1 / mean, cells.length))
  })

  it('depends on the seed, the patient and the number of the phase alone', () => {
    const again = drawEndPhase(phase, { seed: 7, index: 3 }, 20)
    expect(again).toEqual(patients[3])
    expect(drawEndPhase(phase, { seed: 7, index: 3, phase: 1 }, 20)).not.toEqual(again)
    expect(drawEndPhase(phase, { seed: 8, index: 3 }, 20)).not.toEqual(again)
  })

  it('of cells that cannot divide has the time of the last of them', () => {
    const dying = phaseOf(200, { growth: 0, fade: 0 })
    const times = drawn(dying, 2000).map(({ time }) => time - dying.entered)
    // the mean of the largest of 20 exponential times: Σ 1/k, at 1.2 per day
    const expected = Array.from({ length: 20 }, (_, k) => 1 / (k + 1)).reduce((a, b) => a + b) / 1.2
    expect(Math.abs(times.reduce((a, b) => a + b) / 2000 - expected)).toBeLessThan(0.12)
  })
})

describe('a course with chance', () => {
  const simulate = (index: number, given: Readonly<Record<string, number>> = {}, end = 60) =>
    simulateWithExtinction(
      { model, parameters: parameterVector(model.model, given), records: [], start: 0, end },
      [],
      rule,
      { seed: 7, index },
    )
  const courses = Array.from({ length: 60 }, (_, index) => simulate(index))
  const cured = courses.find(({ extinction }) => extinction.drawn?.extinct === true)!
  const relapsed = courses.find(({ extinction }) => extinction.drawn?.extinct === false)!

  it('has no cell from extinction on', () => {
    const { time } = cured.extinction.drawn!
    expect(cured.run.value(0, time, 'before')).toBeGreaterThan(0)
    for (const t of [time, time + 1, 60]) expect(cured.run.value(0, t)).toBe(0)
    expect(cured.run.outcome.status).toBe('finished')
  })

  it('goes on from the threshold where the cells grow again', () => {
    const { regrown } = relapsed.extinction.drawn!
    expect(relapsed.run.value(0, regrown)).toBe(0.02)
    const value = relapsed.run.value(0, 60)
    // B = threshold · exp(∫ growth − kill)
    const kill = (t: number) => -12 * Math.exp(-0.1 * t)
    expect(value / (0.02 * Math.exp(0.2 * (60 - regrown) - (kill(60) - kill(regrown))))).toBeCloseTo(1, 4)
  })

  it('leaves the other states as they are, and every bit before the end phase', () => {
    const plain = simulateSubject({
      model,
      parameters: parameterVector(model.model, {}),
      records: [],
      start: 0,
      end: 60,
      options: { atolByState: { B: 2e-11 } },
    })
    for (const { run, extinction } of [cured, relapsed]) {
      for (const t of [1, 3, extinction.entered - 0.5]) expect(run.value(0, t)).toBe(plain.value(0, t))
      expect(run.value(1, 60)).toBeCloseTo(plain.value(1, 60), 8)
    }
  })

  it('draws nothing without a key, and tells the same probability', () => {
    const parameters = parameterVector(model.model, {})
    const { extinction, records } = simulateWithExtinction(
      { model, parameters, records: [], start: 0, end: 60 },
      [],
      rule,
      null,
    )
    expect(extinction.drawn).toBeUndefined()
    expect(records).toEqual([])
    expect(extinction.probability).toBe(cured.extinction.probability)
  })

  it('is read as endpoints', () => {
    const kinds = ['extinctionProbability', 'extinct', 'timeOfExtinction'] as const
    const definitions = kinds.map((kind) => ({ name: kind, label: kind, unit: '1', quantity: 'B', kind }))
    const read = ({ run, extinction }: typeof cured) => endpoints(model.model, run, definitions, extinction)
    const { probability, drawn } = cured.extinction
    expect(read(cured).map(({ value }) => value)).toEqual([probability, 1, drawn?.time])
    expect(read(relapsed).map(({ value }) => value)).toEqual([probability, 0, Number.NaN])
    expect(read(relapsed)[2]?.note).toBe('the cells do not die out within the run')
    const { drawn: _, ...undrawn } = cured.extinction
    expect(read({ ...cured, extinction: undrawn }).map(({ value }) => value)).toEqual([
      probability,
      Number.NaN,
      Number.NaN,
    ])
    expect(endpoints(model.model, cured.run, definitions).map(({ note }) => note)).toEqual(
      kinds.map(() => 'the run has no extinction rule'),
    )
  })

  it('is what rules decide by: only those who relapse are treated again', () => {
    const again: DecisionRule = {
      name: 'again',
      when: { quantity: 'B', above: 0.5, from: 20 },
      give: [{ cmt: 'A', amt: 1 }],
    }
    const parameters = parameterVector(model.model, {})
    for (const { extinction: before, run } of courses.slice(0, 20)) {
      const index = courses.findIndex((own) => own.run === run)
      const treated = simulateWithExtinction({ model, parameters, records: [], start: 0, end: 60 }, [again], rule, {
        seed: 7,
        index,
      })
      expect(treated.extinction.probability).toBeCloseTo(before.probability, 6)
      expect(treated.extinction.drawn?.extinct).toBe(before.drawn?.extinct)
      expect(treated.extinction.drawn?.cells).toBeCloseTo(before.drawn?.cells ?? Number.NaN, 4)
      const isBack = run.value(0, 60) > 0.5
      expect(treated.decided.map(({ rule: name }) => name)).toEqual(isBack ? ['again'] : [])
    }
  })

  it('has a second end phase where the tumour is beaten down again', () => {
    const again = compiledText(
      text.replace('exp(-fade*t)', 'ifelse(t < 6, 1, ifelse(t < 40, 0, ifelse(t < 47, 1, 0)))'),
    )
    const outcomes = Array.from({ length: 40 }, (_, index) => {
      const parameters = parameterVector(again.model, {})
      const { records, extinction, run } = simulateWithExtinction(
        { model: again, parameters, records: [], start: 0, end: 100 },
        [],
        rule,
        { seed: 1, index },
      )
      expect(run.outcome.status).toBe('finished')
      const [first, second] = records
      if (first !== undefined && second !== undefined) {
        const between = simulateSubject({ model: again, parameters, records: [first], start: 0, end: 100, options })
        const phase = endPhase(again.model, parameters, between, rule, first.time)
        const { extinct, time, regrown, cells } = drawEndPhase(phase!, { seed: 1, index, phase: 1 }, 20)
        expect(second.time).toBeCloseTo(extinct ? time : Number.isNaN(regrown) ? phase!.left : regrown, 2)
        expect(1e3 * second.amt!).toBeCloseTo(cells, 2)
      }
      return { changes: records.map(({ amt }) => amt), extinct: extinction.drawn?.extinct }
    })
    expect(outcomes.some(({ changes }) => changes.join() === '0')).toBe(true)
    expect(outcomes.some(({ changes }) => changes.join() === '0.02,0')).toBe(true)
    expect(outcomes.some(({ changes, extinct }) => changes.length > 1 && extinct === false)).toBe(true)
    // few survivors at the end of a phase have another
    expect(outcomes.some(({ changes }) => changes.some((cells) => cells !== 0 && cells! < 0.02))).toBe(true)
  })
})

/** Cells left at the end of a phase, by simulating every birth and death. */
function everyEvent({ entered, left, cells }: EndPhase, seed: number): number {
  const random = mulberry(seed + 1)
  let n = cells
  let t = entered
  // thinning: killing is at most 1.2 per day
  for (;;) {
    t -= Math.log(random()) / (n * (0.2 + 1.2))
    if (n === 0 || t > left) return n
    const u = random() * 1.4
    if (u < 0.2) n++
    else if (u < 0.2 + 1.2 * Math.exp(-0.1 * t)) n--
  }
}

/** Uniform deviates that have nothing in common with those of the product. */
function mulberry(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let z = Math.imul(state ^ (state >>> 15), 1 | state)
    z = (z + Math.imul(z ^ (z >>> 7), 61 | z)) ^ z
    return (((z ^ (z >>> 14)) >>> 0) + 0.5) / 4294967296
  }
}

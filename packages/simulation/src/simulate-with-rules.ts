import { type Model, parseExpression } from '@cartkin/model'
import { boundOf, type ConditionWatch, watchCondition } from './decision-condition.ts'
import { DecisionCourse } from './decision-course.ts'
import { DecisionMotion } from './decision-motion.ts'
import type { DecidedDose, DecisionCondition, DecisionRule } from './decision-rule.ts'
import { firstFrom, type Span } from './decision-spans.ts'
import type { EventRecord } from './event-record.ts'
import { parameterExpression } from './parameter-expression.ts'
import { type SubjectRun, type SubjectSimulation, simulateSubject } from './simulate-subject.ts'

/** Most decisions about one patient. */
const mostDecisions = 1000

/** A course in which rules decided what was given. */
export interface DecidedCourse {
  /** The course: bit for bit that of `records` without rules. */
  readonly run: SubjectRun
  /** The simulation's records with the doses decided, in time order; what was decided comes last of its time. */
  readonly records: readonly EventRecord[]
  /** In the order of the decisions. */
  readonly decided: readonly DecidedDose[]
}

/**
 * Runs one subject under rules.
 *
 * The first time at which a rule decides is found as a root on the continuous solution; what it gives joins the records,
 * and the run is made again with them, up to the next decision. So nothing depends on where outputs are read, a rule that
 * decides nothing changes no bit, and the records reproduce the course without rules. Rules that decide at one time all
 * see the course as it is before any of them gives something; they give in the order of the list.
 *
 * Sensitivities see that the times of decisions move with the parameters: those of roots on the solution, those of timers
 * and of later decisions with them.
 *
 * Throws a RangeError, beside those of `simulateSubject`, for a rule that cannot be, and with sensitivities for one whose
 * times or amounts they cannot follow (those in steps, amounts and thresholds over those parameters).
 */
export function simulateWithRules(simulation: SubjectSimulation, rules: readonly DecisionRule[]): DecidedCourse {
  const { model, parameters, end, sensitivities } = simulation
  checkRules(rules)
  const watches = rules.map((rule) => new RuleWatch(model.model, parameters, rule))
  const decided: DecidedDose[] = []
  const moving = new Map<EventRecord, Float64Array>()
  const motion = sensitivities?.length ? motionOf(simulation, rules, sensitivities, moving) : null
  let { records } = simulation
  let { start } = simulation
  for (let decisions = 0; ; ) {
    const run = simulateSubject({ ...simulation, records, ...(motion !== null && { moving }) })
    if (rules.length === 0 || run.outcome.status === 'stopped' || !(run.end >= start)) return { run, records, decided }
    const course = new DecisionCourse(
      run,
      watches.flatMap(({ condition }) => condition.quantities),
      motion,
    )
    const next = watches.map((watch) => watch.next(course, start))
    const time = Math.min(...next.map((at) => at?.from ?? Number.POSITIVE_INFINITY))
    if (!(time <= run.end)) return { run, records, decided }
    watches.forEach((watch, k) => {
      const at = next[k]
      if (at?.from !== time) return
      if (++decisions > mostDecisions)
        throw new RangeError(
          `rule ${watch.rule.name} decides at ${time} for what is more than ${mostDecisions} decisions; give atMost or a longer apart`,
        )
      if (at.moves !== undefined) motion?.decided(time, at.moves)
      for (const dose of watch.decide(at)) {
        if (dose.record.time > end) continue
        decided.push(dose)
        records = withRecord(records, dose.record)
        if (at.moves !== undefined) moving.set(dose.record, at.moves)
      }
    })
    start = time
  }
}

/** A time, and how it moves with the parameters of the sensitivities. */
type Moment = Pick<Span, 'from' | 'moves'>

/** A rule about one patient. */
class RuleWatch {
  readonly rule: DecisionRule
  readonly condition: ConditionWatch
  readonly #doses: readonly (Omit<DecidedDose, 'decidedAt'> & { readonly after: number })[]
  #count = 0
  #silentUntil: Moment = { from: Number.NEGATIVE_INFINITY }
  #over = Number.POSITIVE_INFINITY

  constructor(model: Model, parameters: Float64Array, rule: DecisionRule) {
    const where = `rule ${rule.name}`
    this.rule = rule
    this.condition = watchCondition(model, parameters, rule.when, where)
    this.#doses = rule.give.map(({ cmt, amt, rate, duration, ii, addl, after = 0, label = '' }) => {
      if (!(after >= 0 && after < Infinity))
        throw new RangeError(`${where}: a dose follows its decision after a time from 0 on, got ${after}`)
      const record = {
        time: Number.NaN,
        evid: 1 as const,
        cmt,
        amt: parameterExpression(model, parameters, amt, `${where}: the amount`),
        ...(rate !== undefined && { rate }),
        ...(duration !== undefined && { duration }),
        ...(ii !== undefined && { ii }),
        ...(addl !== undefined && { addl }),
      }
      return { rule: rule.name, label, record, after }
    })
  }

  /** The first time from `start` on at which the rule decides on a course; undefined where it does not. */
  next(course: DecisionCourse, start: number): Moment | undefined {
    const { atMost = this.rule.apart === undefined ? 1 : Infinity } = this.rule
    const spans = this.condition.spans(course, start)
    if (this.#count >= atMost) return undefined
    const at = firstFrom(spans, this.#silentUntil.from > start ? this.#silentUntil : { from: start })
    return at !== undefined && at.from < this.#over ? at : undefined
  }

  decide(at: Moment): readonly DecidedDose[] {
    const { apart = 0, stopAfter = Infinity } = this.rule
    const time = at.from
    if (this.#count === 0) this.#over = time + stopAfter
    this.#count++
    this.#silentUntil = { ...at, from: time + apart }
    return this.#doses.map(({ rule, label, record, after }) => ({
      rule,
      decidedAt: time,
      label,
      record: { ...record, time: time + after },
    }))
  }
}

function checkRules(rules: readonly DecisionRule[]): void {
  const names = new Set<string>()
  for (const { name, give, atMost, apart, stopAfter } of rules) {
    const where = `rule ${name}`
    if (names.has(name)) throw new RangeError(`${where}: two rules have this name`)
    names.add(name)
    if (give.length === 0) throw new RangeError(`${where}: gives nothing`)
    if (atMost !== undefined && !(Number.isSafeInteger(atMost) && atMost >= 1))
      throw new RangeError(`${where}: atMost must be a whole number from 1, got ${atMost}`)
    if (apart !== undefined && !(apart > 0 && apart < Infinity))
      throw new RangeError(`${where}: apart must be a positive time, got ${apart}`)
    if (atMost !== undefined && atMost > 1 && apart === undefined)
      throw new RangeError(`${where}: atMost ${atMost} needs apart, the time from one decision to the next`)
    if (stopAfter !== undefined && !(stopAfter > 0))
      throw new RangeError(`${where}: stopAfter must be a positive time, got ${stopAfter}`)
  }
}

/** Throws a RangeError for rules whose decisions sensitivities cannot follow. */
function motionOf(
  simulation: SubjectSimulation,
  rules: readonly DecisionRule[],
  sensitivities: readonly number[],
  moving: ReadonlyMap<EventRecord, Float64Array>,
): DecisionMotion {
  const { model } = simulation.model
  const wanted = new Set(sensitivities.map((index) => model.parameters[index]?.name))
  for (const { name, when, give } of rules) {
    if (model.doseInputs.length > 0)
      throw new RangeError(
        `rule ${name}: sensitivities do not follow decisions where the model computes from its doses, as with tad()`,
      )
    for (const text of [...thresholdsOf(when), ...give.map(({ amt }) => amt)]) {
      const expression = typeof text === 'string' ? parseExpression(text) : undefined
      const moved = expression?.ok ? expression.names.find((parameter) => wanted.has(parameter)) : undefined
      if (moved !== undefined)
        throw new RangeError(
          `rule ${name}: ${text} changes with ${moved}, which sensitivities do not follow; write a number`,
        )
    }
  }
  return new DecisionMotion(simulation, model.states.length + model.outputs.length, sensitivities.length, moving)
}

function thresholdsOf(condition: DecisionCondition): readonly (number | string)[] {
  if ('all' in condition) return condition.all.flatMap(thresholdsOf)
  if ('any' in condition) return condition.any.flatMap(thresholdsOf)
  return [boundOf(condition)[0]]
}

/** A record more, behind those of its time. */
function withRecord(records: readonly EventRecord[], record: EventRecord): readonly EventRecord[] {
  const place = records.findIndex(({ time }) => time > record.time)
  return records.toSpliced(place < 0 ? records.length : place, 0, record)
}

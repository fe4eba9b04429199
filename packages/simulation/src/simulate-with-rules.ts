import type { Model } from '@cartkin/model'
import { type ConditionWatch, watchCondition } from './decision-condition.ts'
import { DecisionCourse } from './decision-course.ts'
import type { DecidedDose, DecisionRule } from './decision-rule.ts'
import { firstFrom } from './decision-spans.ts'
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
 * Throws a RangeError, beside those of `simulateSubject`, for a rule that cannot be, and for sensitivities, which are not
 * carried through decisions.
 */
export function simulateWithRules(simulation: SubjectSimulation, rules: readonly DecisionRule[]): DecidedCourse {
  const { model, parameters, end, sensitivities = [] } = simulation
  checkRules(rules)
  if (rules.length > 0 && sensitivities.length > 0)
    throw new RangeError(
      `rule ${rules[0]!.name}: sensitivities are not carried through decisions; run once without them and give the doses decided as records`,
    )
  const watches = rules.map((rule) => new RuleWatch(model.model, parameters, rule))
  const decided: DecidedDose[] = []
  let { records } = simulation
  let { start } = simulation
  for (let decisions = 0; ; ) {
    const run = simulateSubject({ ...simulation, records })
    if (rules.length === 0 || run.outcome.status === 'stopped' || !(run.end >= start)) return { run, records, decided }
    const course = new DecisionCourse(
      run,
      watches.flatMap(({ condition }) => condition.quantities),
    )
    const times = watches.map((watch) => watch.next(course, start))
    const time = Math.min(...times)
    if (!(time <= run.end)) return { run, records, decided }
    watches.forEach((watch, k) => {
      if (times[k] !== time) return
      if (++decisions > mostDecisions)
        throw new RangeError(
          `rule ${watch.rule.name} decides at ${time} for what is more than ${mostDecisions} decisions; give atMost or a longer apart`,
        )
      for (const dose of watch.decide(time)) {
        if (dose.record.time > end) continue
        decided.push(dose)
        records = withRecord(records, dose.record)
      }
    })
    start = time
  }
}

/** A rule about one patient. */
class RuleWatch {
  readonly rule: DecisionRule
  readonly condition: ConditionWatch
  readonly #doses: readonly (Omit<DecidedDose, 'decidedAt'> & { readonly after: number })[]
  #count = 0
  #silentUntil = Number.NEGATIVE_INFINITY
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

  /** The first time from `start` on at which the rule decides on a course; Infinity where it does not. */
  next(course: DecisionCourse, start: number): number {
    const { atMost = this.rule.apart === undefined ? 1 : Infinity } = this.rule
    const spans = this.condition.spans(course, start)
    if (this.#count >= atMost) return Number.POSITIVE_INFINITY
    const time = firstFrom(spans, Math.max(start, this.#silentUntil))
    return time < this.#over ? time : Number.POSITIVE_INFINITY
  }

  decide(time: number): readonly DecidedDose[] {
    const { apart = 0, stopAfter = Infinity } = this.rule
    if (this.#count === 0) this.#over = time + stopAfter
    this.#count++
    this.#silentUntil = time + apart
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

/** A record more, behind those of its time. */
function withRecord(records: readonly EventRecord[], record: EventRecord): readonly EventRecord[] {
  const place = records.findIndex(({ time }) => time > record.time)
  return records.toSpliced(place < 0 ? records.length : place, 0, record)
}

import type { Model } from '@cartkin/model'
import type { SubjectSimulation } from '../course/simulate-subject.ts'
import { parametersAt } from '../covariates/parameters-at.ts'
import type { EventRecord } from '../records/event-record.ts'
import { expandRecords } from '../records/expand-records.ts'
import { RecordError } from '../records/record-error.ts'
import { parameterExpression } from '../regimens/parameter-expression.ts'
import { checkSteady } from './decision-checks.ts'
import { type ConditionWatch, watchCondition } from './decision-condition.ts'
import type { DecisionCourse } from './decision-course.ts'
import type { DecidedDose, DecisionRule } from './decision-rule.ts'
import { firstFrom, type Span } from './decision-spans.ts'

/** A time, and how it moves with the parameters of the sensitivities. */
type Moment = Pick<Span, 'from' | 'moves'>

/** A rule about one patient. */
export class RuleWatch {
  readonly rule: DecisionRule
  readonly condition: ConditionWatch
  /** What is given by a decision at a time. */
  readonly #given: (time: number) => readonly DecidedDose[]
  #count = 0
  #silentUntil: Moment = { from: Number.NEGATIVE_INFINITY }
  #over = Number.POSITIVE_INFINITY

  constructor(simulation: SubjectSimulation, rule: DecisionRule) {
    const { parameters, covariates = [] } = simulation
    const { model } = simulation.model
    const where = `rule ${rule.name}`
    this.rule = rule
    this.condition = watchCondition(model, parameters, rule.when, where)
    checkSteady(rule, covariates)
    for (const { after = 0 } of rule.give)
      if (!(after >= 0 && after < Infinity))
        throw new RangeError(`${where}: a dose follows its decision after a time from 0 on, got ${after}`)
    this.#given = (time) => {
      const values = parametersAt(model, parameters, covariates, time)
      return rule.give.map(({ amt, after = 0, label = '', ...dose }) => ({
        rule: rule.name,
        decidedAt: time,
        label,
        record: {
          time: time + after,
          evid: 1,
          ...dose,
          amt: parameterExpression(model, values, amt, `${where}: the amount`),
        },
      }))
    }
    // what cannot be given is refused before anything is decided
    for (const { record } of this.#given(simulation.start)) checkGiven(model, record, where)
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
    return this.#given(time)
  }
}

function checkGiven(model: Model, record: EventRecord, where: string): void {
  try {
    expandRecords(model, [record])
  } catch (error) {
    if (error instanceof RecordError) throw new RangeError(`${where}: ${error.message.slice('record 1: '.length)}`)
    throw error
  }
}

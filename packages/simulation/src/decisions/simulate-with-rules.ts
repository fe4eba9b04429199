import { type SubjectSimulation, simulateSubject } from '../course/simulate-subject.ts'
import type { SubjectRun } from '../course/subject-run.ts'
import type { EventRecord } from '../records/event-record.ts'
import { checkFollowed, checkRules } from './decision-checks.ts'
import { DecisionCourse } from './decision-course.ts'
import { DecisionMotion } from './decision-motion.ts'
import type { DecidedDose, DecisionRule } from './decision-rule.ts'
import { RuleWatch } from './decision-watch.ts'

/** Most decisions about one patient: each makes the run anew. */
const mostDecisions = 400

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
 * times or amounts they cannot follow.
 */
export function simulateWithRules(simulation: SubjectSimulation, rules: readonly DecisionRule[]): DecidedCourse {
  const { end, sensitivities = [] } = simulation
  checkRules(rules)
  if (rules.length > 0 && simulation.records.some(({ dataTime }) => dataTime !== undefined))
    throw new RangeError('times of the data begin anew at a reset, and rules need times that go on: give such times')
  if (sensitivities.length > 0) checkFollowed(simulation, rules)
  const watches = rules.map((rule) => new RuleWatch(simulation, rule))
  const decided: DecidedDose[] = []
  const moving = new Map<EventRecord, Float64Array>()
  const motion = sensitivities.length > 0 ? new DecisionMotion(simulation) : null
  let { records } = simulation
  let { start } = simulation
  for (let decisions = 0; ; ) {
    const run = simulateSubject({ ...simulation, records, ...(motion !== null && { moving }) })
    if (rules.length === 0 || run.outcome.status === 'stopped' || !(run.end >= start)) return { run, records, decided }
    const course = new DecisionCourse(
      run,
      start,
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
      motion?.happens(time, at.moves)
      for (const dose of watch.decide(at)) {
        if (dose.record.time > end) continue
        decided.push(dose)
        records = withRecord(records, dose.record)
        motion?.happens(dose.record.time, at.moves)
        if (at.moves !== undefined) moving.set(dose.record, at.moves)
      }
    })
    start = time
  }
}

/** A record more, behind those of its time. */
function withRecord(records: readonly EventRecord[], record: EventRecord): readonly EventRecord[] {
  const place = records.findIndex(({ time }) => time > record.time)
  return records.toSpliced(place < 0 ? records.length : place, 0, record)
}

import type { SubjectSimulation } from '../course/simulate-subject.ts'
import type { DecisionRule } from '../decisions/decision-rule.ts'
import { type DecidedCourse, simulateWithRules } from '../decisions/simulate-with-rules.ts'
import type { DrawKey } from '../populations/draw-key.ts'
import type { EventRecord } from '../records/event-record.ts'
import { drawEndPhase } from './draw-end-phase.ts'
import { endPhase } from './end-phase.ts'
import type { DrawnExtinction, ExtinctionOutcome, ExtinctionRule } from './extinction-rule.ts'

/** Where there never were so few cells. */
const untouched: DrawnExtinction = { extinct: false, time: Number.NaN, regrown: Number.NaN, cells: Number.NaN }

/** Most end phases of one patient that are drawn; each makes the run anew. */
const mostPhases = 50

/** A course with what came of an extinction rule. */
export interface ExtinctionCourse extends DecidedCourse {
  /**
   * Its records hold those of the end phases, too: the cells set to 0 where they died out, to the threshold where they grew
   * again, to their number where they are fewer at the end of a phase.
   */
  readonly extinction: ExtinctionOutcome
}

/**
 * Runs one subject under rules, and the end phases of its cells by chance: where they die out they are 0 from then on; where
 * they do not, the course goes on from the threshold when they are as many again; survivors that are fewer at the end of a phase
 * have another. Between the beginning of an end phase and what came of it the cells are their expected number, which may be
 * less than one.
 *
 * @param key whose chance it is; null draws nothing, and the course is that of the rules alone.
 */
export function simulateWithExtinction(
  simulation: SubjectSimulation,
  rules: readonly DecisionRule[],
  rule: ExtinctionRule,
  key: DrawKey | null,
): ExtinctionCourse {
  const precise = { ...simulation, options: preciseBelow(simulation, rule) }
  let { records } = simulation
  let first: Omit<ExtinctionOutcome, 'drawn'> | undefined
  let drawn: DrawnExtinction | undefined
  let from = simulation.start
  for (let phase = 0; ; phase++) {
    const course = simulateWithRules({ ...precise, records }, rules)
    const found =
      course.run.outcome.status === 'finished' && phase < mostPhases && drawn?.extinct !== true
        ? endPhase(simulation.model.model, simulation.parameters, course.run, rule, from)
        : null
    if (found !== null) first ??= { entered: found.entered, probability: found.probability }
    if (found === null || key === null) {
      const none = { entered: Number.NaN, probability: 0 }
      const chance = key === null ? {} : { drawn: drawn ?? untouched }
      return { ...course, extinction: { ...(first ?? none), ...chance } }
    }
    drawn = drawEndPhase(found, { ...key, phase }, rule.threshold)
    const { extinct, cells } = drawn
    const time = extinct ? drawn.time : Number.isNaN(drawn.regrown) ? found.left : drawn.regrown
    if (!extinct && !(time < simulation.end)) return { ...course, extinction: { ...first!, drawn } }
    records = withRecord(records, { time, evid: 5, cmt: rule.quantity, amt: cells / rule.cellsPerUnit })
    from = time
  }
}

/** The threshold is met only where the cells are known to a fraction of it. */
function preciseBelow({ options = {} }: SubjectSimulation, { quantity, threshold, cellsPerUnit }: ExtinctionRule) {
  const atol = Math.min(options.atol ?? 1e-9, (1e-9 * threshold) / cellsPerUnit)
  return { ...options, atolByState: { [quantity]: atol, ...options.atolByState } }
}

/** A record more, behind those of its time. */
function withRecord(records: readonly EventRecord[], record: EventRecord): readonly EventRecord[] {
  const place = records.findIndex(({ time }) => time > record.time)
  return records.toSpliced(place < 0 ? records.length : place, 0, record)
}

import type { Answer, SimulateAnswer, SimulateJob } from '@cartkin/compute'
import { type ReadonlySignal, signal } from '@preact/signals'
import { latestOnly } from '../compute/latest-only.ts'
import type { Workers } from '../compute/workers.ts'
import { type Course, courseOf } from './course.ts'
import { courseJob } from './course-job.ts'
import { givesDoses } from './fit-data.ts'
import type { FitRun } from './fit-run.ts'

/** The course of a fit that is wanted: at these values, of a subject or of the scenario that it began with. */
export interface FitCourseWish {
  readonly run: FitRun
  readonly subject: string | null
  readonly values: Readonly<Record<string, number>>
}

/** Computes the course of a fit anew with every better point, the latest alone. */
export function followFit(workers: Workers): {
  readonly course: ReadonlySignal<Course | null>
  show(wish: FitCourseWish | null): void
} {
  const course = signal<Course | null>(null)
  const held: { wish: FitCourseWish | null } = { wish: null }
  const follow = latestOnly(
    (wish: FitCourseWish): Promise<Answer<SimulateAnswer>> => workers.live.run(jobOf(wish)),
    (answer, wish) => {
      if (held.wish?.run === wish.run && answer.status === 'ok') course.value = courseOf(answer.result)
    },
  )
  return {
    course,
    show(wish) {
      const before = held.wish
      held.wish = wish
      if (wish === null) course.value = null
      else if (before?.run !== wish.run || before.subject !== wish.subject || !sameValues(before.values, wish.values))
        follow(wish)
    },
  }
}

function sameValues(a: FitCourseWish['values'], b: FitCourseWish['values']): boolean {
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name])
}

/** Where the data give the doses, they are those of the subject, of the first where none is chosen. */
function jobOf({ run, subject, values }: FitCourseWish): SimulateJob {
  const { opened, scenario, data } = run.setting
  const known = new Set(opened.model.parameters.map(({ name }) => name))
  const own = Object.fromEntries(Object.entries(values).filter(([name]) => known.has(name)))
  const job = courseJob(opened, { ...scenario, parameters: { ...scenario.parameters, ...own } })
  const { subjects } = run.job.problem
  const found =
    subjects.find(({ id }) => id === subject) ??
    (data.kind === 'subjects' && givesDoses(data) ? subjects[0] : undefined)
  if (!found) return job
  return {
    ...job,
    parameters: { ...job.parameters, ...found.parameters, ...own },
    ...(found.covariates && { covariates: found.covariates }),
    doses: { records: found.records.filter(({ evid }) => evid !== 0) },
    start: found.start,
    times: opened.times(scenario.horizon),
  }
}

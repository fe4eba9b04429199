import { timeGrid } from '@cartkin/simulation'
import { muellerSchoellPatients } from '../published/mueller-schoell-patients.ts'
import { Course } from './course.ts'
import type { KeyNumberStudy, RunCourse } from './key-number-study.ts'
import { median } from './median.ts'

/**
 * Peak, its day and the exposure of the 19 patients over 28 days by half days: medians of the 15 of the reference class and
 * of the 4 of low expansion, each figure for itself.
 */
export const muellerSchoellStudy: KeyNumberStudy = {
  name: 'mueller_schoell',
  model: 'mueller-schoell-2021',
  courses: muellerSchoellPatients.map(({ id, ...parameters }) => ({ name: `patient ${id}`, parameters })),
  times: () => timeGrid(0, 28, 0.5),
  numbers: (courses) => {
    const isLow = (run: RunCourse) => run.value('low_expansion') === 1
    return {
      ...medians(
        'ref',
        courses.filter((run) => !isLow(run)),
      ),
      ...medians('low', courses.filter(isLow)),
    }
  },
}

function medians(group: string, runs: readonly RunCourse[]): Readonly<Record<string, number>> {
  const courses = runs.map(({ table }) => new Course(table))
  return {
    [`${group}.Cmax`]: median(courses.map((course) => course.maximum('CAR').value)),
    [`${group}.Tmax`]: median(courses.map((course) => course.maximum('CAR').time)),
    [`${group}.AUC`]: median(courses.map((course) => course.area('CAR', 0, 28))),
  }
}

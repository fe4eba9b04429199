import { type ColumnTable, timeGrid } from '@cartkin/simulation'
import { Course } from './course.ts'
import type { KeyNumberStudy } from './key-number-study.ts'
import { typicalCourse } from './typical-course.ts'

/**
 * Key numbers of a run of `kimmel-2021` without chance, by hundredths of a day: the peak of CAR-T cells of the first 30 days,
 * counts on single days, and the tumour.
 */
export function kimmelKeyNumbers(table: ColumnTable): Readonly<Record<string, number>> {
  const course = new Course(table)
  const peak = course.maximum('C')
  const least = course.minimum('B')
  const on = (name: string, days: readonly number[]) =>
    Object.fromEntries(days.map((day) => [`${name}.${day}`, course.at(name, day)]))
  return {
    Cpeak: peak.value,
    Tpeak: peak.time,
    ...on('C', [7, 14, 28, 90, 180]),
    ...on('N', [7, 14, 28, 90]),
    B30: course.at('B', 30),
    Bmin: least.value,
    tBmin: least.time,
  }
}

/** The typical patient, over 180 days; tolerances that follow the tumour down to 1e-14 mL. */
export const kimmelStudy: KeyNumberStudy = {
  name: 'kimmel',
  model: 'kimmel-2021',
  courses: typicalCourse,
  times: () => timeGrid(0, 180, 0.01),
  atol: 1e-22,
  numbers: (courses) => kimmelKeyNumbers(courses[0]!.table),
}

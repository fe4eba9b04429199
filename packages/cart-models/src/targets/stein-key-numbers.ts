import { type ColumnTable, timeGrid } from '@cartkin/simulation'
import { formula } from '../library/formula.ts'
import { Course } from './course.ts'
import type { KeyNumberStudy } from './key-number-study.ts'
import { typicalCourse } from './typical-course.ts'

const expansion = formula('log(foldx)/Tmax')
const halfLife = formula('log(2)/rate')

/** Values of the parameters of `stein-2019` that its key numbers need. */
export interface SteinParameters {
  readonly foldx: number
  readonly Tmax: number
  readonly alpha: number
  readonly beta: number
}

export type SteinKeyNumbers = ReturnType<typeof steinKeyNumbers>

/**
 * Key numbers of a run of `stein-2019`, under the names of evidence/golden/golden_key_numbers.json: rates and
 * half-lives (days) from the parameters, the exposure by trapezoid over the rows of the table (published with a step of
 * 0.01 day) and three values of C.
 */
export function steinKeyNumbers(table: ColumnTable, { foldx, Tmax, alpha, beta }: SteinParameters) {
  const course = new Course(table)
  const rho = expansion({ foldx, Tmax })
  return {
    rho,
    doubling: halfLife({ rate: rho }),
    t12_alpha: halfLife({ rate: alpha }),
    t12_beta: halfLife({ rate: beta }),
    AUC0_28: course.area('C', 0, 28),
    C28: course.at('C', 28),
    C180: course.at('C', 180),
    C365: course.at('C', 365),
  }
}

/** The typical patient over a year, by hundredths of a day. */
export const steinStudy: KeyNumberStudy = {
  name: 'stein',
  model: 'stein-2019',
  courses: typicalCourse,
  times: () => timeGrid(0, 365, 0.01),
  numbers: (courses) =>
    steinKeyNumbers(courses[0]!.table, {
      foldx: courses[0]!.value('foldx'),
      Tmax: courses[0]!.value('Tmax'),
      alpha: courses[0]!.value('alpha'),
      beta: courses[0]!.value('beta'),
    }),
}

import { timeGrid } from '@cartkin/simulation'
import { Course } from './course.ts'
import type { KeyNumberStudy } from './key-number-study.ts'
import { typicalCourse } from './typical-course.ts'

/** Two of the three forms, those with reference values, by half days over 60 days. */
export const chaudhuryStudies: readonly KeyNumberStudy[] = [
  {
    name: 'chaudhury_LV',
    model: 'chaudhury-2020-lotka-volterra',
    courses: typicalCourse,
    times: () => timeGrid(0, 60, 0.5),
    numbers: ([run]) => {
      const course = new Course(run!.table)
      const { value, time } = course.maximum('C')
      return { Cpeak: value, Tpeak: time, Umin: course.minimum('U').value }
    },
  },
  {
    name: 'chaudhury_first_order',
    model: 'chaudhury-2020-first-order',
    courses: typicalCourse,
    times: () => timeGrid(0, 60, 0.1),
    numbers: ([run]) => {
      const course = new Course(run!.table)
      return { CE_peak: course.maximum('C_E').value, U28: course.at('U', 28) }
    },
  },
]

import { timeGrid } from '@cartkin/simulation'
import { Course } from './course.ts'
import type { KeyNumberStudy } from './key-number-study.ts'
import { typicalCourse } from './typical-course.ts'

/** HDLM-2, cells on day 42: the tumour then and on day 60, memory cells on day 100. */
export const barrosStudy: KeyNumberStudy = {
  name: 'cartmath_HDLM',
  model: 'barros-2021',
  courses: typicalCourse,
  times: () => timeGrid(0, 120, 1),
  numbers: ([run]) => {
    const course = new Course(run!.table)
    return { T_at_42: course.at('T', 42), T_at_60: course.at('T', 60), CM_at_100: course.at('CM', 100) }
  },
}

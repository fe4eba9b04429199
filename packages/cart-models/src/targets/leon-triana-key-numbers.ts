import { timeGrid } from '@cartkin/simulation'
import { Course } from './course.ts'
import type { KeyNumberStudy } from './key-number-study.ts'
import { typicalCourse } from './typical-course.ts'

/** The course over 300 days, by the day. */
export const leonTrianaStudy: KeyNumberStudy = {
  name: 'leon_triana',
  model: 'leon-triana-2021',
  courses: typicalCourse,
  times: () => timeGrid(0, 300, 1),
  numbers: ([run]) => {
    const course = new Course(run!.table)
    const peak = course.maximum('C')
    return { Cpeak: peak.value, Tpeak: peak.time, L60: course.at('L', 60), Lmin: course.minimum('L').value }
  },
}

import { timeGrid } from '@cartkin/simulation'
import { minucciPatients } from '../published/minucci-patients.ts'
import { Course } from './course.ts'
import type { KeyNumberStudy } from './key-number-study.ts'
import { median } from './median.ts'

/** Peak and its day in the 13 patients over 100 days by 0.1 day: medians, each figure for itself. */
export const minucciStudy: KeyNumberStudy = {
  name: 'minucci',
  model: 'minucci-2024',
  courses: minucciPatients.map(({ id, ...parameters }) => ({ name: `patient ${id}`, parameters })),
  times: () => timeGrid(0, 100, 0.1),
  numbers: (courses) => {
    const peaks = courses.map(({ table }) => new Course(table).maximum('CAR'))
    return {
      median_Cmax: median(peaks.map(({ value }) => value)),
      median_Tmax: median(peaks.map(({ time }) => time)),
    }
  },
}

import { timeGrid } from '@cartkin/simulation'
import { Course } from './course.ts'
import type { KeyNumberStudy, RunCourse } from './key-number-study.ts'
import { typicalCourse } from './typical-course.ts'

const bCellDays = [0, 1, 3, 7, 14, 30, 60, 90, 112, 150, 200, 365, 730]
const carDays = [1, 3, 7, 14, 28, 60, 90, 180]

function numbers([run]: readonly RunCourse[]): Readonly<Record<string, number>> {
  const course = new Course(run!.table)
  const peak = course.maximum('CAR')
  const neutrophils = course.minimum('NT')
  const threshold = run!.value('CARrev')
  const values = (quantity: string, days: readonly number[]) =>
    days.map((day) => [`${quantity}.${day}`, course.at(quantity, day)] as const)
  return {
    CAR_peak: peak.value,
    Tpeak: peak.time,
    CD4_nadir: course.minimum('CD4').value,
    CD8_nadir: course.minimum('CD8').value,
    NT_nadir: neutrophils.value,
    NT_tnadir: neutrophils.time,
    C3_d90: course.at('C3', 90),
    PTU_d90: course.at('U', 90),
    AAB_d90: course.at('AAB', 90),
    IFN_d90_pgml: course.at('IFNa', 90),
    ...Object.fromEntries([...values('B', bCellDays), ...values('CAR', carDays)]),
    day_CAR_below_rev: course.firstTime('CAR', (value, time) => time > 10 && value < threshold),
  }
}

/** The typical patient over two years: by 0.25 day to day 90, then by the day. */
export const parkStudy: KeyNumberStudy = {
  name: 'park2025',
  model: 'park-2025',
  courses: typicalCourse,
  times: () => Float64Array.from([...timeGrid(0, 90, 0.25), ...timeGrid(91, 730, 1)]),
  // cells/L up to 1e11
  atol: 1e-6,
  numbers,
}

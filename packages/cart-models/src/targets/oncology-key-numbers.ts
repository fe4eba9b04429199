import { type ColumnTable, timeGrid } from '@cartkin/simulation'
import { Course } from './course.ts'
import type { KeyNumberStudy } from './key-number-study.ts'
import { typicalCourse } from './typical-course.ts'

export type OncologyKeyNumbers = ReturnType<typeof oncologyKeyNumbers>

/**
 * Key numbers of a run of `oncology-qsp` by the definitions of the calibration targets, under the names of
 * evidence/golden/qsp_key_numbers.json. The table holds `time`, the states and the outputs on an even grid of 0.25 day
 * from day -7, best from `twoSidedGridTable`. NaN where a number is not defined. Throws an Error for a missing column.
 */
export function oncologyKeyNumbers(table: ColumnTable) {
  const course = new Course(table)
  const car = course.maximum('CAR', 2, true)
  const il6 = course.maximum('IL6')
  const ifng = course.maximum('IFNG')
  const crp = course.maximum('CRP')
  const ferritin = course.maximum('FER')
  const index = course.maximum('Z')
  const il10 = course.maximum('IL10')
  const anc = course.minimum('NC')
  return {
    peak: car.value,
    tpeak: car.time,
    c7: course.at('CAR', 7),
    c14: course.at('CAR', 14),
    c28: course.at('CAR', 28),
    c90: course.at('CAR', 90),
    IL6_pk: il6.value,
    IL6_t: il6.time,
    IFNG_pk: ifng.value,
    IFNG_t: ifng.time,
    CRP_pk: crp.value,
    CRP_t: crp.time,
    FER_pk: ferritin.value,
    FER_t: ferritin.time,
    Z_pk: index.value,
    Z_t: index.time,
    IL10_pk: il10.value,
    IL10_t: il10.time,
    logT7: course.at('logTS', 7),
    logT30: course.at('logTS', 30),
    logT90: course.at('logTS', 90),
    il15_0: course.at('IL15', 0),
    anc_nadir: anc.value,
    anc_t: anc.time,
    th_nadir: course.minimum('TH').value,
    b7: course.at('B', 7),
    crs: course.maximum('CRS').value,
    icans: course.maximum('ICANS').value,
    fever_on: course.firstTime('TEMP', (value) => value >= 38),
    icans_on: course.firstTime('Z', (value) => value >= 0.35),
  }
}

/** The typical patient of `oncology-qsp` under its own regimen. */
export const oncologyStudy: KeyNumberStudy = {
  name: 'oncology',
  model: 'oncology-qsp',
  courses: typicalCourse,
  times: () => timeGrid(-7, 180, 0.25),
  numbers: (courses) => oncologyKeyNumbers(courses[0]!.table),
}

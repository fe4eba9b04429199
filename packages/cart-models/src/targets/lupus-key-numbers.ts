import { type ColumnTable, timeGrid } from '@cartkin/simulation'
import { Course } from './course.ts'
import type { KeyNumberStudy } from './key-number-study.ts'
import { typicalCourse } from './typical-course.ts'

/** Autoreactive B cells/uL of the typical patient: the unit of `autoreactive_d365_rel`, also in the virtual population. */
const typicalAutoreactive = 18

export type LupusKeyNumbers = ReturnType<typeof lupusKeyNumbers>

/**
 * Key numbers of a run of `lupus-qsp` by the definitions of the calibration targets, under the names of
 * evidence/golden/qsp_key_numbers.json. The table holds `time`, the states and the outputs on an even grid from day -10
 * (0.25 day for the typical patient, 0.5 day for the virtual population), best from `twoSidedGridTable`. Peaks are
 * values on that grid and days are its times. NaN where a number is not defined, such as the day of a return that did
 * not happen or a day past the end. Throws an Error for a missing column.
 */
export function lupusKeyNumbers(table: ColumnTable) {
  const course = new Course(table)
  const at = (name: string, day: number) => course.at(name, day)
  const start = course.times[0]!
  const step = course.step()
  const car = course.maximum('CAR', 2, true)
  const igg = course.minimum('IGG')
  const igg0 = course.column('IGG')[0]!
  const il6 = course.maximum('IL6', 0)
  const crp = course.maximum('CRP')
  const ferritin = course.maximum('FER')
  const anc = course.minimum('NC')
  const fever = course.timesWhere('TEMP', (value) => value >= 38)
  const returnDay = (limit: number) => course.firstTime('B', (value, time) => time > 20 && value > limit)
  return {
    car_peak: car.value,
    car_tpeak: car.time,
    car_d28: at('CAR', 28),
    car_d60: at('CAR', 60),
    car_d90: at('CAR', 90),
    b_lt1_day: course.firstTime('B', (value, time) => time >= 0 && value < 1),
    b_return_gt10_day: returnDay(10),
    b_return_gt5_day: returnDay(5),
    b_d0: at('B', 0),
    b_d80: at('B', 80),
    b_d100: at('B', 100),
    b_d112: at('B', 112),
    b_d150: at('B', 150),
    b_d180: at('B', 180),
    b_d200: at('B', 200),
    b_d365: at('B', 365),
    naive_frac_d180: at('BN', 180) / at('B', 180),
    mem_frac_d180: (at('BM', 180) + at('BA', 180)) / at('B', 180),
    autoreactive_d365_rel: at('BA', 365) / typicalAutoreactive,
    treg_frac_d180: at('TR', 180) / at('TH', 180),
    aab_d28: at('AAB', 28),
    aab_d42: at('AAB', 42),
    aab_d90: at('AAB', 90),
    aab_d180: at('AAB', 180),
    aab_d365: at('AAB', 365),
    aab_d90_pct: (100 * at('AAB', 90)) / at('AAB', start + 1),
    c3_d90: at('C3', 90),
    c3_d180: at('C3', 180),
    c3_d365: at('C3', 365),
    igg_min_pct: 100 * (igg.value / igg0 - 1),
    igg_tmin: igg.time,
    igg_d365_pct: 100 * (at('IGG', 365) / igg0 - 1),
    vax_d180: at('VAX', 180),
    sledai_0: course.column('SLEDAI')[0]!,
    sledai_d28: at('SLEDAI', 28),
    sledai_d90: at('SLEDAI', 90),
    sledai_d180: at('SLEDAI', 180),
    sledai_d365: at('SLEDAI', 365),
    upcr_d44: at('UPCR', 44),
    upcr_d90: at('UPCR', 90),
    upcr_d180: at('UPCR', 180),
    ifna_d90: at('IFNA', 90),
    il6_peak: il6.value,
    il6_tpeak: il6.time,
    ifng_peak: course.maximum('IFNG').value,
    il10_peak: course.maximum('IL10').value,
    crp_peak: crp.value,
    crp_tpeak: crp.time,
    fer_peak: ferritin.value,
    fer_tpeak: ferritin.time,
    il15_d0: at('IL15', 0),
    il15_max: course.maximum('IL15').value,
    temp_max: course.maximum('TEMP').value,
    fever_day_on: fever[0] ?? Number.NaN,
    fever_days: fever.length * step,
    crs_max: course.maximum('CRS').value,
    icans_max: course.maximum('ICANS').value,
    anc_nadir: anc.value,
    anc_tnadir: anc.time,
    anc_lt500_days: course.timesWhere('NC', (value) => value < 500).length * step,
    // The last day below 1000/uL: the day before recovery.
    anc_gt1000_day: course.timesWhere('NC', (value) => value < 1000).at(-1) ?? Number.NaN,
    cd4_nadir: course.minimum('TH').value,
    cd4_d90: at('TH', 90),
    cd8_nadir: course.minimum('T8').value,
  }
}

/** The typical patient of `lupus-qsp` under its own regimen. */
export const lupusStudy: KeyNumberStudy = {
  name: 'lupus',
  model: 'lupus-qsp',
  courses: typicalCourse,
  times: () => timeGrid(-10, 730, 0.25),
  numbers: (courses) => lupusKeyNumbers(courses[0]!.table),
}

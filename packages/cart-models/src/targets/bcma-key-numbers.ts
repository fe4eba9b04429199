import { timeGrid } from '@cartkin/simulation'
import { lupusBcmaCd19 } from '../compositions/lupus-bcma-cd19.ts'
import type { Scenario } from '../library/scenario.ts'
import { Course } from './course.ts'
import type { KeyNumberStudy, RunCourse } from './key-number-study.ts'
import { virtualCourses } from './virtual-courses.ts'

const scenario = (id: string): Scenario => {
  const found = lupusBcmaCd19.scenarios?.find((candidate) => candidate.id === id)
  if (found === undefined) throw new Error(`${lupusBcmaCd19.id} has no scenario ${id}`)
  return found
}

/** Least of the baseline that flow cytometry of marrow finds: a cell in 10 000, of about one plasma cell in 100. */
const found = 0.01

/** The same of myeloma, whose cells are one in ten or more. */
const foundMyeloma = 0.001

function bcmaAlone({ table }: RunCourse) {
  const course = new Course(table)
  const igg = course.minimum('IGG')
  return {
    plasma_gone_day: course.firstTime('PC', (value, time) => time > 0 && value < found),
    igg_min: igg.value,
    igg_min_day: igg.time,
    igg_back_day: course.firstTime('IGG', (value, time) => time > igg.time && value >= 7),
  }
}

function compound({ table }: RunCourse) {
  const course = new Course(table)
  return {
    sledai_d0: course.column('SLEDAI')[0]!,
    sledai_d90: course.at('SLEDAI', 90),
    b_return_day: course.firstTime('B', (value, time) => time > 20 && value > 10),
    aab_d90: course.at('AAB', 90),
    ssa_d90_pct: 100 * course.at('SSA', 90),
  }
}

const prefixed = (prefix: string, numbers: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(numbers).map(([name, value]) => [`${prefix}.${name}`, value]))

/** A BCMA product alone, as in myeloma, and the compound CAR of Wang 2024. */
const bcmaStudy: KeyNumberStudy = {
  name: 'bcma',
  model: lupusBcmaCd19.id,
  courses: ['bcma', 'wang-2024'].map((id) => {
    const { title, parameters, regimen } = scenario(id)
    return { name: title, parameters, regimen }
  }),
  times: () => timeGrid(-10, 500, 0.5),
  numbers: ([alone, both]) => ({ ...prefixed('alone', bcmaAlone(alone!)), ...prefixed('compound', compound(both!)) }),
}

const twoProducts = 100

/** Virtual patients under two products at once, to week 13. */
const coInfusionStudy: KeyNumberStudy = {
  name: 'bcma_vpop',
  model: lupusBcmaCd19.id,
  get courses() {
    const { title, regimen, parameters } = scenario('co-infusion')
    const patient = { name: title, regimen, parameters }
    return virtualCourses(
      lupusBcmaCd19,
      Array.from({ length: twoProducts }, () => patient),
    )
  },
  shown: 5,
  times: () => timeGrid(-10, 91, 0.5),
  rtol: 1e-6,
  atol: 1e-8,
  numbers: (runs) => {
    const courses = runs.map(({ table }) => new Course(table))
    const share = (holds: (course: Course) => boolean) => courses.filter(holds).length / courses.length
    return {
      // LLDAS: SLEDAI-2K of 4 or less; DORIS: no clinical item, of which proteinuria above 0.5 g/day is the last to go
      remission_d84: share((course) => course.at('SLEDAI', 84) <= 4 && course.at('UPCR', 84) <= 500),
      anc_below_1000: share((course) => course.minimum('NC').value < 1000),
      crs_any: share((course) => course.maximum('CRS').value >= 1),
      crs_3: share((course) => course.maximum('CRS').value >= 3),
      icans_any: share((course) => course.maximum('ICANS').value >= 1),
    }
  },
}

/** Ide-cel in myeloma: the killing rate that is taken over. */
const myelomaStudy: KeyNumberStudy = {
  name: 'bcma_myeloma',
  model: 'singh-2021',
  courses: [{ name: 'ide-cel 450e6 cells', parameters: {} }],
  times: () => timeGrid(0, 60, 0.25),
  numbers: ([run]) => {
    const course = new Course(run!.table)
    const start = course.column('Tu')[0]!
    return { gone_day: course.firstTime('Tu', (value) => value < foundMyeloma * start) }
  },
}

export const bcmaStudies: readonly KeyNumberStudy[] = [bcmaStudy, coInfusionStudy, myelomaStudy]

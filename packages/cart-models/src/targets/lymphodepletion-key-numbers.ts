import { timeGrid } from '@cartkin/simulation'
import { fluCyStates } from '../compositions/cells-after-flu-cy.ts'
import { fluCyNeutrophils } from '../compositions/flu-cy-neutrophils.ts'
import { formula } from '../library/formula.ts'
import { fluCyAlone, fluCyRegimens, renalReduction } from '../lymphodepletion/flu-cy-regimens.ts'
import { highRisk } from '../lymphodepletion/high-risk.ts'
import { Course } from './course.ts'
import type { KeyNumberStudy, RunCourse, StudyCourse } from './key-number-study.ts'
import { lupusKeyNumbers } from './lupus-key-numbers.ts'
import { median } from './median.ts'
import { typicalCourse } from './typical-course.ts'
import { type VirtualPatient, virtualCourses } from './virtual-courses.ts'

/** Hours in which a concentration halves that falls so many fold in a day. */
const halfLife = formula('24*log(2)/log(decline)')

/** Virtual patients of the cohort with lymphoma: half with a weak marrow, a third before tisa-cel, as in Rejeski 2021. */
const lymphoma = 240
/** Virtual patients with the doses before tisa-cel in leukaemia. */
const leukaemia = 80

/** Tenth, fiftieth and ninetieth percentile of creatinine clearance in the virtual patients, at one dose. */
const kidneys: readonly StudyCourse[] = [
  { name: 'typical patient', parameters: {} },
  { name: '10th percentile of creatinine clearance', parameters: { WT: 82.5, CRCL: 57.5 } },
  { name: '90th percentile of creatinine clearance', parameters: { WT: 82.5, CRCL: 160.3 } },
]

function cohortCourses(): readonly StudyCourse[] {
  const weak = { NC0: highRisk.NC0.value, reserve: highRisk.reserve.value }
  const axi = fluCyAlone(fluCyRegimens.axiCel, fluCyStates, renalReduction)
  const tisa = fluCyAlone(fluCyRegimens.tisaCelLymphoma, fluCyStates, renalReduction)
  const all = fluCyAlone(fluCyRegimens.tisaCelLeukaemia, fluCyStates, renalReduction)
  const patient = (k: number): VirtualPatient => {
    if (k >= lymphoma) return { name: 'leukaemia', regimen: all, parameters: { tisa: 1 } }
    const risk = k % 2 === 0 ? 'low' : 'high'
    const before = k % 3 === 0 ? 'tisa' : 'axi'
    return {
      name: `${risk} ${before}`,
      regimen: before === 'tisa' ? tisa : axi,
      parameters: { ...(before === 'tisa' && { tisa: 1 }), ...(risk === 'high' && weak) },
    }
  }
  return virtualCourses(
    fluCyNeutrophils,
    Array.from({ length: lymphoma + leukaemia }, (_, k) => patient(k)),
  )
}

/** What the cohort figures need of each virtual patient. */
function patientNumbers({ name, table }: RunCourse) {
  const course = new Course(table)
  const anc = course.minimum('NC')
  const severe = course.timesWhere('NC', (value, time) => value <= 500 && time >= 0)
  return {
    name,
    nadir: anc.value,
    days: severe.length * course.step(),
    back: course.firstTime('NC', (value, time) => time > anc.time && value > 500),
    late: course.timesWhere('NC', (value, time) => value <= 1000 && time >= 21).length > 0,
    auc: course.maximum('flu_AUC').value,
  }
}

type PatientNumbers = ReturnType<typeof patientNumbers>

function neutropenia(of: string, patients: readonly PatientNumbers[]): Readonly<Record<string, number>> {
  const share = (holds: (patient: PatientNumbers) => boolean) => patients.filter(holds).length / patients.length
  return {
    [`${of}.days_below_500`]: median(patients.map(({ days }) => days)),
    [`${of}.severe`]: share(({ nadir }) => nadir <= 500),
    [`${of}.profound`]: share(({ nadir }) => nadir <= 100),
    [`${of}.two_weeks`]: share(({ days }) => days >= 14),
    [`${of}.late`]: share(({ late }) => late),
  }
}

function fluCyNumbers(courses: readonly RunCourse[]): Readonly<Record<string, number>> {
  const [typical, weak, strong] = kidneys.map((_, k) => new Course(courses[k]!.table))
  const patients = courses.slice(kidneys.length).map(patientNumbers)
  const before = (name: string) => patients.filter((patient) => patient.name.includes(name))
  const cohort = patients.slice(0, lymphoma)
  // The last cyclophosphamide ends an hour into day -3.
  const decline = typical!.at('cy_C', -2.5) / typical!.at('cy_C', -1.5)
  return {
    flu_auc: typical!.maximum('flu_AUC').value,
    cy_half_life_h: halfLife({ decline }),
    // Five days after the first infusion: the last time of the published simulation.
    crcl_fold: weak!.at('flu_C', 0) / strong!.at('flu_C', 0),
    auc_below_target: before('axi').filter(({ auc }) => auc < 13.8).length / before('axi').length,
    auc_median_axi: median(before('axi').map(({ auc }) => auc)),
    ...neutropenia('all', cohort),
    ...neutropenia('low', before('low')),
    ...neutropenia('high', before('high')),
    ...neutropenia('axi', before('axi')),
    ...neutropenia('tisa', before('tisa')),
    leukaemia_back_day: median(
      before('leukaemia')
        .map(({ back }) => back)
        .filter((day) => !Number.isNaN(day)),
    ),
  }
}

/** Fludarabine, cyclophosphamide and neutrophils: the typical patient, two kidneys, and a cohort as that of Rejeski 2021. */
export const fluCyStudy: KeyNumberStudy = {
  name: 'flu_cy',
  model: 'flu-cy-neutrophils',
  get courses() {
    return [...kidneys, ...cohortCourses()]
  },
  shown: kidneys.length,
  times: () => timeGrid(-7, 60, 0.25),
  rtol: 1e-7,
  atol: 1e-9,
  numbers: fluCyNumbers,
}

/** The typical patient of `lupus-flu-cy` under its own regimen. */
export const lupusFluCyStudy: KeyNumberStudy = {
  name: 'lupus_flu_cy',
  model: 'lupus-flu-cy',
  courses: typicalCourse,
  times: () => timeGrid(-10, 400, 0.25),
  numbers: ([run]) => lupusKeyNumbers(run!.table),
}

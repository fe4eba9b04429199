import { type Regimen, timeGrid } from '@cartkin/simulation'
import { formula } from '../library/formula.ts'
import { oncologyQsp } from '../oncology/oncology-qsp.ts'
import { Course } from './course.ts'
import type { KeyNumberStudy } from './key-number-study.ts'

const hour = 1 / 24

const halfLife = formula('(to - from)*log(2)/log(first/last)')

/** Half-life in hours from the fall of a concentration between two times in hours. */
const fall = (course: Course, from: number, to: number): number =>
  halfLife({ from, to, first: course.at('C', from * hour), last: course.at('C', to * hour) })

const once = (cmt: string, amt: number, duration?: number): Regimen => ({
  name: `${amt} mg`,
  doses: [{ time: 0, cmt, amt, ...(duration !== undefined && { duration }) }],
})

/**
 * Tocilizumab 8 mg/kg every four weeks in the sixth interval, when it is steady; and the mean dose of the patients in
 * intensive care of Moes 2022.
 */
export const tocilizumabStudy: KeyNumberStudy = {
  name: 'tocilizumab',
  model: 'tocilizumab',
  courses: [
    {
      name: 'every four weeks',
      parameters: {},
      regimen: {
        name: '8 mg/kg every four weeks',
        doses: [{ time: 0, cmt: 'blood', amt: '8*WT', duration: hour, ii: 28, addl: 5 }],
      },
    },
    {
      name: 'intensive care',
      parameters: { CL: 0.725, V1: 4.34, Q: 0, Vm: 4.19, Km: 0.22 },
      regimen: once('blood', 781, hour),
    },
  ],
  times: () => timeGrid(0, 168, hour),
  numbers: ([steady, intensive]) => {
    const course = new Course(steady!.table)
    return {
      Cmax: course.maximum('C', 140).value,
      Cmin: course.at('C', 168),
      AUC: 24 * course.area('C', 140, 168),
      ICU_AUC: new Course(intensive!.table).area('C', 0, 60),
    }
  },
}

/** Dexamethasone 10 mg by vein: its fall from 4 to 12 hours and its exposure in ng*h/mL. */
export const dexamethasoneStudy: KeyNumberStudy = {
  name: 'dexamethasone',
  model: 'dexamethasone',
  courses: [{ name: '10 mg', parameters: {}, regimen: once('blood', 10) }],
  times: () => timeGrid(0, 4, hour / 10),
  numbers: ([run]) => {
    const course = new Course(run!.table)
    return { half_life: fall(course, 4, 12), AUC: 24 * course.area('C', 0, 4) }
  },
}

/** Micromoles in a litre for a nanogram in a millilitre, by the molar mass of methylprednisolone. */
const micromolar = 1 / 374.47

/** Methylprednisolone 1 g over half an hour. */
export const methylprednisoloneStudy: KeyNumberStudy = {
  name: 'methylprednisolone',
  model: 'methylprednisolone',
  courses: [{ name: '1 g', parameters: {}, regimen: once('blood', 1000, hour / 2) }],
  times: () => timeGrid(0, 1, hour / 10),
  numbers: ([run]) => {
    const course = new Course(run!.table)
    return {
      half_life: fall(course, 2, 8),
      Cmax: micromolar * course.maximum('C').value,
      C24: micromolar * course.at('C', 1),
    }
  },
}

/** Anakinra 1 mg/kg under the skin. */
export const anakinraStudy: KeyNumberStudy = {
  name: 'anakinra',
  model: 'anakinra',
  courses: [{ name: '1 mg/kg', parameters: {}, regimen: once('skin', 70) }],
  times: () => timeGrid(0, 1.5, hour / 10),
  numbers: ([run]) => {
    const course = new Course(run!.table)
    const peak = course.maximum('C')
    return { half_life: fall(course, 24, 36), Cmax: 1000 * peak.value, Tmax: 24 * peak.time }
  },
}

/** Cytokine release in lymphoma without a drug, and with tocilizumab twelve hours after fever begins. */
export const crsCareStudy: KeyNumberStudy = {
  name: 'crs_care',
  model: 'oncology-crs-care',
  courses: [
    { name: 'no drug', parameters: {} },
    {
      name: 'tocilizumab',
      parameters: {},
      regimen: {
        ...oncologyQsp.regimen,
        doses: [...oncologyQsp.regimen.doses, { time: 2.06, cmt: 'toc_blood', amt: '8*WT', duration: hour }],
      },
    },
  ],
  times: () => timeGrid(-7, 30, 0.01),
  numbers: ([none, treated]) => {
    const course = new Course(none!.table)
    const withDrug = new Course(treated!.table)
    const days = (of: Course) => of.timesWhere('CRS', (grade) => grade >= 1).length * of.step()
    return {
      CRS_onset: course.firstTime('CRS', (grade) => grade >= 1),
      CRS_days: days(course),
      ICANS_peak_day: course.maximum('Z').time,
      tocilizumab_CRS_days: days(withDrug),
      tocilizumab_IL6: withDrug.maximum('IL6').value / course.maximum('IL6').value,
      tocilizumab_CAR: withDrug.maximum('CAR', 2).value / course.maximum('CAR', 2).value,
    }
  },
}

/** The studies of the drugs against CRS and ICANS. */
export const sideEffectStudies: readonly KeyNumberStudy[] = [
  tocilizumabStudy,
  dexamethasoneStudy,
  methylprednisoloneStudy,
  anakinraStudy,
  crsCareStudy,
]

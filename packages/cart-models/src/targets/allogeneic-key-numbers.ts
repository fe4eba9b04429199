import { type RegimenDose, timeGrid } from '@cartkin/simulation'
import { detectable } from '../allogeneic/allogeneic-endpoints.ts'
import { lupusAllogeneic } from '../compositions/lupus-allogeneic.ts'
import { oncologyAllogeneic } from '../compositions/oncology-allogeneic.ts'
import { lupusRegimen } from '../lupus/lupus-regimens.ts'
import { oncologyRegimen } from '../oncology/oncology-regimens.ts'
import { Course } from './course.ts'
import type { KeyNumberStudy, RunCourse } from './key-number-study.ts'
import { virtualCourses } from './virtual-courses.ts'

/** Alemtuzumab in chronic lymphocytic leukaemia: 3, 10 and 30 mg, then 30 mg three times a week. */
const escalation: readonly RegimenDose[] = [3, 10, 30].map((amt, time) => ({
  time,
  cmt: 'blood',
  amt,
  duration: 1 / 12,
}))
const maintenance: readonly RegimenDose[] = [0, 2, 4].map((day) => ({
  time: 7 + day,
  cmt: 'blood',
  amt: 30,
  duration: 1 / 12,
  ii: 7,
  addl: 10,
}))

const alemtuzumabStudy: KeyNumberStudy = {
  name: 'alemtuzumab',
  model: 'alemtuzumab',
  courses: [
    {
      name: 'chronic lymphocytic leukaemia',
      parameters: { WBC: 37.8 },
      regimen: { name: 'Alemtuzumab to 30 mg three times a week', doses: [...escalation, ...maintenance] },
    },
  ],
  times: () => timeGrid(0, 83, 1 / 24),
  numbers: ([run]) => {
    const reached = new Course(run!.table).firstTime('C', (value) => value >= 1)
    const given = (doses: readonly RegimenDose[]) =>
      doses.flatMap(({ time, amt, ii = 0, addl = 0 }) =>
        Array.from({ length: addl + 1 }, (_, k) => (time + k * ii <= reached ? Number(amt) : 0)),
      )
    return { dose_to_1: [...given(escalation), ...given(maintenance)].reduce((sum, amount) => sum + amount, 0) }
  },
}

/** Of 21 patients of the two trials of UCART19, four were given no alemtuzumab. */
const trial = { patients: 105, every: 21, without: 4 }
const withoutAlemtuzumab = 'fludarabine and cyclophosphamide'

/** Days since the infusion of the last row at which CAR-T cells are seen; 0 where they never are. */
const persistence = ({ table }: RunCourse): number =>
  new Course(table).timesWhere('CAR', (value, time) => time >= 0 && value >= detectable).at(-1) ?? 0

const share = (runs: readonly RunCourse[], holds: (run: RunCourse) => boolean): number =>
  runs.filter(holds).length / runs.length

/** A trial like that of UCART19 in virtual patients. */
const ucartStudy: KeyNumberStudy = {
  name: 'allogeneic',
  model: oncologyAllogeneic.id,
  get courses() {
    const patient = (k: number) =>
      k % trial.every < trial.without
        ? { name: withoutAlemtuzumab, regimen: oncologyRegimen, parameters: {} }
        : { name: 'alemtuzumab as well', regimen: oncologyAllogeneic.regimen, parameters: {} }
    return virtualCourses(
      oncologyAllogeneic,
      Array.from({ length: trial.patients }, (_, k) => patient(k)),
    )
  },
  shown: 5,
  times: () => timeGrid(-8, 120, 1),
  rtol: 1e-6,
  atol: 1e-9,
  numbers: (runs) => ({
    persists_to_28: share(runs, (run) => persistence(run) <= 28),
    persists_past_42: share(runs, (run) => persistence(run) > 42),
    responders: share(runs, ({ table }) => new Course(table).at('logTS', 28) <= -2),
    expansion_without: share(
      runs.filter(({ name }) => name === withoutAlemtuzumab),
      ({ table }) => new Course(table).maximum('CAR', 2).value >= 10,
    ),
  }),
}

const lupusPatients = 40

/** Edited cells in lupus: the typical patient with 1e6/kg, virtual patients with 1e6/kg and as many with 3e6/kg. */
const lupusStudy: KeyNumberStudy = {
  name: 'allogeneic_lupus',
  model: lupusAllogeneic.id,
  get courses() {
    const given = (dose: number) => ({
      name: `${dose} cells/kg`,
      regimen: lupusRegimen,
      parameters: { edit: 0.9, dose },
    })
    const patients = virtualCourses(
      lupusAllogeneic,
      Array.from({ length: 2 * lupusPatients }, (_, k) => given(k < lupusPatients ? 1e6 : 3e6)),
    )
    return [given(1e6), ...patients]
  },
  shown: 5,
  times: () => timeGrid(-10, 91, 0.5),
  rtol: 1e-6,
  atol: 1e-9,
  numbers: ([typical, ...patients]) => ({
    peak_day: new Course(typical!.table).maximum('CAR', 2).time,
    crs_any: share(patients.slice(0, lupusPatients), ({ table }) => new Course(table).maximum('CRS').value >= 1),
    sri4_m3: share(patients.slice(lupusPatients), ({ table }) => {
      const course = new Course(table)
      return course.at('SLEDAI', 90) <= course.column('SLEDAI')[0]! - 4
    }),
  }),
}

export const allogeneicStudies: readonly KeyNumberStudy[] = [alemtuzumabStudy, ucartStudy, lupusStudy]

import { timeGrid } from '@cartkin/simulation'
import { belimumab } from '../comparators/belimumab.ts'
import { lupusAntibodies } from '../compositions/lupus-antibodies.ts'
import type { LibraryModel } from '../library/library-model.ts'
import { Course } from './course.ts'
import type { KeyNumberStudy, RunCourse, StudyCourse } from './key-number-study.ts'
import { typicalCourse } from './typical-course.ts'
import { type VirtualPatient, virtualCourses } from './virtual-courses.ts'

const [hour, week] = [1 / 24, 7]

/** A scenario as a course of a study; throws a RangeError for one that the model lacks. */
function scenarioCourse(model: LibraryModel, id: string): VirtualPatient {
  const scenario = model.scenarios?.find((candidate) => candidate.id === id)
  if (scenario === undefined) throw new RangeError(`${model.id} has no scenario ${id}`)
  return { name: id, parameters: scenario.parameters, regimen: scenario.regimen }
}

/** Days from `from` on until half of the value at `from` is left; on the grid of the course. */
function halfLife(course: Course, name: string, from: number): number {
  const half = course.at(name, from) / 2
  return course.firstTime(name, (value, time) => time > from && value < half) - from
}

function maximumBefore(course: Course, name: string, end: number): number {
  const values = course.column(name)
  return values.reduce((most, value, row) => (course.times[row]! < end ? Math.max(most, value) : most), 0)
}

const courses = (runs: readonly RunCourse[]): readonly Course[] => runs.map(({ table }) => new Course(table))

/** Rituximab 1000 mg on days 0 and 14 in the reference patient of Lioger 2017. */
const rituximabStudy: KeyNumberStudy = {
  name: 'rituximab',
  model: 'rituximab',
  courses: typicalCourse,
  times: () => Float64Array.from([...timeGrid(0, 13.75, hour), ...timeGrid(14, 160, 0.05)]),
  numbers: (runs) => {
    const course = courses(runs)[0]!
    return {
      first_peak: maximumBefore(course, 'C', 14),
      trough: course.at('C', 14),
      half_life: halfLife(course, 'C', 100),
    }
  },
}

const weeksBelow = (course: Course, limit: number): number =>
  course.firstTime('B', (value, time) => time > 20 && value > limit) / week

/** A child with nephrotic syndrome after two infusions. */
const chenStudy: KeyNumberStudy = {
  name: 'chen',
  model: 'chen-2024',
  courses: typicalCourse,
  times: () => timeGrid(0, 400, 0.25),
  numbers: (runs) => {
    const course = courses(runs)[0]!
    const fewest = course.minimum('B')
    return {
      b_min: fewest.value,
      b_min_day: fewest.time,
      b_return_day: weeksBelow(course, 10) * week,
      weeks_below_10: weeksBelow(course, 10),
      weeks_below_100: weeksBelow(course, 100),
    }
  },
}

/** Obinutuzumab long after the last dose. */
const obinutuzumabStudy: KeyNumberStudy = {
  name: 'obinutuzumab',
  model: 'obinutuzumab',
  courses: typicalCourse,
  times: () => timeGrid(0, 500, 0.25),
  numbers: (runs) => ({ half_life: halfLife(courses(runs)[0]!, 'C', 400) }),
}

const singleDose = { name: 'Belimumab 10 mg/kg once', doses: belimumab.regimen.doses.slice(0, 1) }

/** Belimumab once in the early studies with their assay, and every four weeks. */
const belimumabStudy: KeyNumberStudy = {
  name: 'belimumab',
  model: 'belimumab',
  courses: [{ name: 'early studies', parameters: { early: 1 }, regimen: singleDose }, ...typicalCourse],
  times: () => Float64Array.from([...timeGrid(0, 1, hour), ...timeGrid(1.05, 365, 0.05)]),
  numbers: (runs) => {
    const [once, monthly] = courses(runs)
    return {
      single_peak: once!.maximum('C').value,
      single_half_life: halfLife(once!, 'C', 42),
      average: monthly!.area('C', 308, 336) / 28,
    }
  },
}

/** Antibodies in the typical patient with lupus. */
const antibodiesStudy: KeyNumberStudy = {
  name: 'antibodies',
  model: 'lupus-antibodies',
  courses: ['rituximab', 'obinutuzumab', 'belimumab', 'rituximab-belimumab'].map((id) =>
    scenarioCourse(lupusAntibodies, id),
  ),
  times: () => timeGrid(-10, 730, 0.5),
  numbers: (runs) => {
    const [rituximab, obinutuzumab, belimumab, both] = courses(runs)
    const ofBaseline = (course: Course, name: string, day: number) => course.at(name, day) / course.at(name, -10)
    const change = (course: Course, name: string, day: number) => 100 * (ofBaseline(course, name, day) - 1)
    const [year, end] = [52 * week, 104 * week]
    return {
      rtx_c_month: rituximab!.at('rtx_C', 30),
      rtx_depletion_day: rituximab!.firstTime('B', (value, time) => time >= 0 && value < 20),
      rtx_b_d168: rituximab!.at('B', 168),
      rtx_b_min: rituximab!.minimum('B').value,
      rtx_sledai_min: rituximab!.minimum('SLEDAI').value,
      rtx_sledai_d500: rituximab!.at('SLEDAI', 500),
      rtx_memory_d730: ofBaseline(rituximab!, 'BM', 730),
      obi_naive_w104: ofBaseline(obinutuzumab!, 'BN', end),
      obi_memory_w104: ofBaseline(obinutuzumab!, 'BM', end),
      obi_aab_w104_pct: change(obinutuzumab!, 'AAB', end),
      bel_naive_w52_pct: change(belimumab!, 'BN', year),
      bel_to_none_b_w60: both!.at('B', 60 * week) / rituximab!.at('B', 60 * week),
    }
  },
}

/** Virtual patients under each antibody. */
const cohortSize = 200

/** The same virtual patients in each scenario, scenario after scenario. */
function cohortCourses(ids: readonly string[]): readonly StudyCourse[] {
  return ids.flatMap((id) =>
    virtualCourses(
      lupusAntibodies,
      Array.from({ length: cohortSize }, () => scenarioCourse(lupusAntibodies, id)),
    ),
  )
}

/** B cells of virtual patients with lupus under rituximab and under obinutuzumab, on the days of the trials. */
const cohortStudy: KeyNumberStudy = {
  name: 'antibodies_cohort',
  model: 'lupus-antibodies',
  get courses() {
    return cohortCourses(['rituximab', 'obinutuzumab'])
  },
  shown: 1,
  times: () => Float64Array.from([-10, ...timeGrid(0, 546, 14), 30, 167.5, 728].toSorted((a, b) => a - b)),
  rtol: 1e-7,
  atol: 1e-9,
  numbers: (runs) => {
    const all = courses(runs)
    const [rituximab, obinutuzumab] = [all.slice(0, cohortSize), all.slice(cohortSize)]
    const share = (of: readonly Course[], holds: (course: Course) => boolean) => of.filter(holds).length / of.length
    const below =
      (limit: number, ...days: readonly number[]) =>
      (course: Course) =>
        days.every((day) => course.at('B', day) < limit)
    return {
      rtx_below_5_month: share(rituximab, below(5, 30)),
      // None, to the nearest whole number, at any time of 78 weeks.
      rtx_none: share(rituximab, (course) => course.minimum('B').value < 0.5),
      obi_below_04_w4: share(obinutuzumab, below(0.4, 28)),
      obi_below_04_w24_w52: share(obinutuzumab, below(0.4, 167.5, 364)),
      obi_above_04_w104: 1 - share(obinutuzumab, below(0.4, 728)),
    }
  },
}

/** Antibodies against B cells, alone and in the patient with lupus. */
export const comparatorStudies: readonly KeyNumberStudy[] = [
  rituximabStudy,
  chenStudy,
  obinutuzumabStudy,
  belimumabStudy,
  antibodiesStudy,
  cohortStudy,
]

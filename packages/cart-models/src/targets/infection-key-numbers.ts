import { timeGrid } from '@cartkin/simulation'
import { frailtyMedian, frailtySd } from '../infection/frailty.ts'
import { intravenousIgG } from '../infection/igg-replacement.ts'
import { lastingAplasia } from '../infection/lasting-aplasia.ts'
import { lymphomaInfectionPopulation } from '../infection/lymphoma-infection-population.ts'
import { formula } from '../library/formula.ts'
import { Course } from './course.ts'
import type { KeyNumberStudy, RunCourse, StudyCourse } from './key-number-study.ts'
import { median } from './median.ts'
import { typicalCourse } from './typical-course.ts'

const logNormal = formula('m*exp(sd*probit(p))')
const chance = formula('1 - exp(-x)')

/** Places of the middle of `count` equal shares. */
const shares = (count: number): readonly number[] => Array.from({ length: count }, (_, place) => (place + 0.5) / count)

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

const share = (values: readonly number[], holds: (value: number) => boolean): number =>
  values.filter(holds).length / values.length

/** Hazards of 200 patients relative to their mean. */
function frailties(): readonly number[] {
  const drawn = shares(200).map((p) => logNormal({ m: frailtyMedian, sd: frailtySd, p }))
  return drawn.map((frailty) => frailty / mean(drawn))
}

/** Share of patients of these frailties with an infection by a cumulative hazard. */
function infected(hazard: number, relative: readonly number[]): number {
  return mean(relative.map((frailty) => chance({ x: frailty * hazard })))
}

function population(parameter: string, p: number, typical: number): number {
  const { sd, median: m = typical } = lymphomaInfectionPopulation.parameters.find(
    (one) => one.parameter === parameter,
  ) ?? { sd: 0 }
  return logNormal({ m, sd, p })
}

const patients = 100
/** Of 100: no B cells at one year in 60 % (Baird 2021), steroids in 26 % (Stein 2019). */
const [withoutB, withSteroids] = [60, 26]

/**
 * A hundred patients with lymphoma: IgG before treatment and CD4 T cells at the middle of hundredths of their
 * distributions, taken in orders that go with nothing else.
 */
const cohort = (): readonly StudyCourse[] =>
  shares(patients).map((p, place) => ({
    name: `patient ${place + 1}`,
    parameters: {
      ig_IGG0: population('ig_IGG0', p, 5.87),
      cd4_CD4n: population('cd4_CD4n', (((place * 37) % patients) + 0.5) / patients, 397),
      inf_given: (place * 61 + 5) % patients < withSteroids ? 1 : 0,
      ...((place * 29 + 2) % patients < withoutB ? lastingAplasia : {}),
    },
  }))

function cohortNumbers(courses: readonly RunCourse[]): Readonly<Record<string, number>> {
  const read = courses.map(({ table }) => new Course(table))
  const at = (name: string, day: number): readonly number[] => read.map((course) => course.at(name, day))
  const relative = frailties()
  const anyBy = (day: number): number => mean(at('H', day).map((hazard) => infected(hazard, relative)))
  const severeShare = courses[0]!.value('inf_severe')
  const seriousBy = (day: number): number =>
    mean(at('H', day).map((hazard) => infected(severeShare * hazard, relative)))
  const before = read.map((course) => course.column('IGT')[0]!)
  const lowest = read.map((course) => course.minimum('IGT').value)
  return {
    density_28: (100 * mean(at('H', 28))) / 28,
    density_29_90: (100 * (mean(at('H', 90)) - mean(at('H', 28)))) / 62,
    any_28: anyBy(28),
    any_30: anyBy(30),
    any_100: anyBy(100),
    any_365: anyBy(365),
    serious_30: seriousBy(30),
    serious_365: seriousBy(365),
    igg_before: mean(before),
    igg_low_before: share(before, (value) => value <= 6),
    igg_lowest: mean(lowest),
    igg_low_after: share(lowest, (value) => value <= 6),
    igg_lowest_to_4: share(lowest, (value) => value <= 4),
    igg_above_4_365: share(at('IGT', 365), (value) => value > 4),
    cd4_365: median(at('CD4', 365)),
    cd4_below_200_548: share(at('CD4', 548), (value) => value < 200),
    cd4_above_200_365: share(at('CD4', 365), (value) => value > 200),
  }
}

/** Patients with lymphoma of different IgG and CD4 T cells, and what is read of their infections. */
const lymphomaInfections: KeyNumberStudy = {
  name: 'oncology_infection',
  model: 'oncology-infection-risk',
  // made when they are run
  get courses() {
    return cohort()
  },
  times: () => Float64Array.of(-7, 0, ...timeGrid(28, 98, 2), 100, ...timeGrid(105, 365, 10), 450, 548),
  numbers: cohortNumbers,
}

/** The typical patient with lymphoma: B cells at one year, and the fall of IgG. */
const lymphomaTypical: KeyNumberStudy = {
  name: 'oncology_igg',
  model: 'oncology-infection-risk',
  courses: typicalCourse,
  times: () => timeGrid(-7, 366, 1),
  numbers: (courses) => {
    const course = new Course(courses[0]!.table)
    const lowest = course.minimum('IGT')
    return {
      b_back_365: course.at('B', 365) >= 1 ? 1 : 0,
      igg_change: 100 * (lowest.value / course.column('IGT')[0]! - 1),
      igg_change_365: 100 * (course.at('IGT', 365) / course.column('IGT')[0]! - 1),
      igg_lowest_day: lowest.time,
      vaccine_365: course.at('VAX', 365),
    }
  },
}

/** The typical patient with lupus: serious infections in the median follow-up of a trial, and in the second year. */
const lupusInfections: KeyNumberStudy = {
  name: 'lupus_infection',
  model: 'lupus-infection-risk',
  courses: typicalCourse,
  times: () => timeGrid(-10, 731, 1),
  numbers: (courses) => {
    const course = new Course(courses[0]!.table)
    const severe = courses[0]!.value('inf_severe')
    const relative = frailties()
    return {
      serious_15_months: infected(severe * course.at('H', 457), relative),
      serious_year_2: 100 * severe * (course.at('H', 730) - course.at('H', 365)),
      any_365: infected(course.at('H', 365), relative),
    }
  },
}

const intravenous = (milligramPerKilogram: number): StudyCourse => ({
  name: `${milligramPerKilogram} mg/kg every 4 weeks`,
  parameters: { IGG0: 4 },
  regimen: {
    name: 'IgG',
    doses: intravenousIgG(0, 20).doses.map((dose) => ({ ...dose, amt: `${milligramPerKilogram / 1000}*WT` })),
  },
})

/**
 * IgG that is replaced: the rise of the trough with the dose into a vein, and the trough of a dose under the skin. Endogenous
 * IgG of 4 g/L is what most models of replacement take for primary immunodeficiency (van der Zeeuw 2026).
 */
const replacement: KeyNumberStudy = {
  name: 'immunoglobulin',
  model: 'immunoglobulin',
  courses: [
    intravenous(400),
    intravenous(500),
    {
      name: '200 mg/kg every 2 weeks under the skin',
      parameters: { IGG0: 4 },
      regimen: { name: 'IgG', doses: [{ time: 0, cmt: 'SC', amt: '0.2*WT', ii: 14, addl: 39 }] },
    },
  ],
  times: () => timeGrid(0, 531.75, 0.25),
  numbers: (courses) => {
    const [low = Number.NaN, high = Number.NaN, skin = Number.NaN] = courses.map(({ table }) =>
      new Course(table).at('IGT', 531.75),
    )
    return { trough_slope: high - low, skin_trough: skin }
  },
}

/** Studies behind the targets of the risk of infection. */
export const infectionStudies: readonly KeyNumberStudy[] = [
  replacement,
  lymphomaTypical,
  lymphomaInfections,
  lupusInfections,
]

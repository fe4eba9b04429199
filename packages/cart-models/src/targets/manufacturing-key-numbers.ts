import { parseModel } from '@cartkin/model'
import { parameterVector, samplePopulation } from '@cartkin/simulation'
import { cartManufacturing } from '../manufacturing/cart-manufacturing.ts'
import { type ProductId, productParameters } from '../manufacturing/product-presets.ts'
import { Course } from './course.ts'
import type { KeyNumberStudy, RunCourse, StudyCourse } from './key-number-study.ts'
import { median } from './median.ts'

/** Virtual patients of a cohort. */
const size = 2000
const seed = 20260715

/** Those who are made a product, and the days that they wait where these are another's than of the preset. */
const cohorts: readonly { readonly name: string; readonly product: ProductId; readonly v2v?: number }[] = [
  { name: 'children', product: 'tisa-cel-children' },
  { name: 'leukaemia', product: 'tisa-cel-children', v2v: 43 },
  { name: 'lymphoma', product: 'tisa-cel-us', v2v: 52 },
  { name: 'axi', product: 'axi-cel-us', v2v: 25.5 },
  { name: 'liso', product: 'liso-cel' },
]

const typical: readonly (readonly [name: string, product?: ProductId])[] = [
  ['default'],
  ['axi_europe', 'axi-cel-europe'],
  ['tisa_us', 'tisa-cel-us'],
  ['tisa_europe', 'tisa-cel-europe'],
]

/**
 * Key numbers of `cart-manufacturing`, under names of cohort and figure: shares of virtual patients whose product fails, for
 * which reason, who are not infused; their doses; and days and expansion of typical patients.
 */
export const manufacturingStudy: KeyNumberStudy = {
  name: 'manufacturing',
  model: 'cart-manufacturing',
  get courses() {
    return [
      ...typical.map(([name, product]) => ({
        name,
        parameters: product === undefined ? {} : productParameters(product),
      })),
      ...cohorts.flatMap(({ name, product, v2v }) => drawn(name, product, v2v)),
    ]
  },
  // the figures are functions of the parameters alone, which hold at any time
  times: () => Float64Array.of(cartManufacturing.start, cartManufacturing.start + 0.01),
  numbers: (courses) => ({
    ...Object.fromEntries(typical.flatMap(([name]) => typicalNumbers(name, cohortOf(courses, name)))),
    ...Object.fromEntries(cohorts.flatMap(({ name }) => cohortNumbers(name, cohortOf(courses, name)))),
  }),
}

function drawn(name: string, product: ProductId, v2v: number | undefined): readonly StudyCourse[] {
  const parsed = parseModel(cartManufacturing.text)
  const { population } = cartManufacturing
  if (!parsed.ok || population === undefined) throw new Error('cart-manufacturing has errors or no population')
  const values = productParameters(product)
  const { t_far: _, ...steps } = values
  const waiting = v2v === undefined ? values : { ...steps, t_slot: 0, t_out: v2v - toRelease(steps) }
  const centre = parameterVector(parsed.model, waiting)
  return Array.from({ length: size }, (_, index) => {
    const vector = samplePopulation(parsed.model, population, centre, { seed, index })
    return { name, parameters: Object.fromEntries(parsed.model.parameters.map((p, k) => [p.name, vector[k]!])) }
  })
}

/** Days until release without waiting. */
const toRelease = ({ t_in = 0, culture = 0, t_qc = 0 }: Readonly<Record<string, number>>): number =>
  t_in + culture + t_qc

const cohortOf = (courses: readonly RunCourse[], name: string): readonly RunCourse[] =>
  courses.filter((course) => course.name === name)

const read = ({ table }: RunCourse, name: string): number => new Course(table).at(name, cartManufacturing.start)

type Figures = readonly (readonly [name: string, value: number])[]

function typicalNumbers(name: string, [course]: readonly RunCourse[]): Figures {
  if (course === undefined) throw new Error(`no course ${name}`)
  return ['v2v', 'r2i', 'fold'].map((quantity) => [`${name}.${quantity}`, read(course, quantity)])
}

function cohortNumbers(name: string, courses: readonly RunCourse[]): Figures {
  const share = (of: readonly RunCourse[], holds: (course: RunCourse) => boolean): number =>
    of.filter(holds).length / of.length
  const failed = courses.filter((course) => read(course, 'released') === 0)
  const doses = courses.map((course) => read(course, 'made')).filter((dose) => dose > 0)
  const poorGrowth = (course: RunCourse) =>
    read(course, 'reached') < course.value('least') * course.value('order') &&
    read(course, 'viable') >= course.value('v_min')
  const poorViability = (course: RunCourse) => read(course, 'viable') < course.value('v_min')
  const infused = courses.reduce((sum, course) => sum + read(course, 'infused'), 0) / courses.length
  const released = 1 - failed.length / courses.length
  return [
    [`${name}.success`, released],
    [`${name}.failed`, 1 - released],
    [`${name}.not_infused`, 1 - infused],
    [`${name}.lost_waiting`, 1 - infused / released],
    [
      `${name}.poor_growth`,
      failed.filter(poorGrowth).length / failed.filter((c) => poorGrowth(c) || poorViability(c)).length,
    ],
    [`${name}.dose_median`, median(doses)],
    [`${name}.dose_within`, doses.filter((dose) => dose >= 2e6 && dose <= 3.5e6).length / doses.length],
    [`${name}.enough_collected`, share(courses, (course) => read(course, 'CD3') >= 1e9)],
  ]
}

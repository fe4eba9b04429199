import { cartManufacturing } from '../manufacturing/cart-manufacturing.ts'
import { type ProductId, productParameters } from '../manufacturing/product-presets.ts'
import { Course } from './course.ts'
import type { KeyNumberStudy, RunCourse } from './key-number-study.ts'
import { median } from './median.ts'
import { virtualCourses } from './virtual-courses.ts'

/** Virtual patients of a cohort. */
const size = 2000

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
      ...cohorts.flatMap(({ name, product, v2v }) => {
        const patient = { name, regimen: cartManufacturing.regimen, parameters: waiting(product, v2v) }
        return virtualCourses(cartManufacturing, new Array<typeof patient>(size).fill(patient))
      }),
    ]
  },
  // the figures are functions of the parameters alone, which hold at any time
  times: () => Float64Array.of(cartManufacturing.start, cartManufacturing.start + 0.01),
  numbers: (courses) => ({
    ...Object.fromEntries(typical.flatMap(([name]) => typicalNumbers(name, cohortOf(courses, name)))),
    ...Object.fromEntries(cohorts.flatMap(({ name }) => cohortNumbers(name, cohortOf(courses, name)))),
  }),
}

/** Values of the product, with the days from release to infusion such that vein to vein takes so long. */
function waiting(product: ProductId, v2v: number | undefined): Readonly<Record<string, number>> {
  const values = productParameters(product)
  return v2v === undefined ? values : { ...values, t_slot: 0, t_far: 0, t_out: v2v - toRelease(values) }
}

/** Days until release without waiting. */
const toRelease = ({ t_in = 0, culture = 0, t_qc = 0 }: Readonly<Record<string, number>>): number =>
  t_in + culture + t_qc

const cohortOf = (courses: readonly RunCourse[], name: string): readonly RunCourse[] =>
  courses.filter((course) => course.name === name)

type Figures = readonly (readonly [name: string, value: number])[]

function typicalNumbers(name: string, [course]: readonly RunCourse[]): Figures {
  if (course === undefined) throw new Error(`no course ${name}`)
  const start = new Course(course.table)
  return ['v2v', 'r2i', 'fold'].map((quantity) => [`${name}.${quantity}`, start.at(quantity, cartManufacturing.start)])
}

function cohortNumbers(name: string, courses: readonly RunCourse[]): Figures {
  const patients = courses.map(outcome)
  const share = (holds: (patient: Outcome) => boolean) => patients.filter(holds).length / patients.length
  const released = share(({ dose }) => dose > 0)
  const infused = patients.reduce((sum, patient) => sum + patient.infused, 0) / patients.length
  const doses = patients.map(({ dose }) => dose).filter((dose) => dose > 0)
  const poorGrowth = share(({ viable, grown }) => viable && !grown)
  return [
    [`${name}.success`, released],
    [`${name}.failed`, 1 - released],
    [`${name}.not_infused`, 1 - infused],
    [`${name}.lost_waiting`, 1 - infused / released],
    [`${name}.poor_growth`, poorGrowth / share(({ viable, grown }) => !viable || !grown)],
    [`${name}.dose_median`, median(doses)],
    [`${name}.dose_within`, doses.filter((dose) => dose >= 2e6 && dose <= 3.5e6).length / doses.length],
    [`${name}.enough_collected`, share(({ collected }) => collected >= 1e9)],
  ]
}

type Outcome = ReturnType<typeof outcome>

/** What became of a product; a failure counts as one of viability where it lacks both viability and dose. */
function outcome({ table, value }: RunCourse) {
  const course = new Course(table)
  const at = (name: string) => course.at(name, cartManufacturing.start)
  return {
    dose: at('made'),
    infused: at('infused'),
    collected: at('CD3'),
    viable: at('viable') >= value('v_min'),
    grown: at('reached') >= value('least') * value('order'),
  }
}

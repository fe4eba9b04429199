import { timeGrid } from '@cartkin/simulation'
import { hardiansyah2019 } from '../published/hardiansyah-2019.ts'
import { Course } from './course.ts'
import type { KeyNumberStudy } from './key-number-study.ts'

/** By 0.02 day to day 2, 0.05 to day 60 and 1 to day 350: the grid of evidence/golden/golden_key_numbers.json. */
const times = () => Float64Array.from([...timeGrid(0, 2, 0.02), ...timeGrid(2.05, 60, 0.05), ...timeGrid(61, 350, 1)])

/** Peaks of the cells in blood (in 10⁹) and of the cytokines, with their days. */
const patientStudy = (name: string, parameters: Readonly<Record<string, number>>): KeyNumberStudy => ({
  name: `hardiansyah_${name}`,
  model: 'hardiansyah-2019',
  courses: [{ name, parameters }],
  times,
  numbers: ([run]) => {
    const course = new Course(run!.table)
    const peaks = ['IL6', 'IL10', 'IFNg'].flatMap((cytokine) => {
      const { value, time } = course.maximum(cytokine)
      return [[`${cytokine}.0`, value] as const, [`${cytokine}.1`, time] as const]
    })
    return {
      CART_peak_1e9: course.maximum('CART').value,
      mem_peak: course.maximum('M_b').value,
      ...Object.fromEntries(peaks),
    }
  },
})

const upn3 = hardiansyah2019.scenarios?.find(({ id }) => id === 'upn3')?.parameters ?? {}

/** The two patients. */
export const hardiansyahStudies: readonly KeyNumberStudy[] = [patientStudy('UPN1', {}), patientStudy('UPN3', upn3)]

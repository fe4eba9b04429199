import { timeGrid } from '@cartkin/simulation'
import { Course } from './course.ts'
import type { KeyNumberStudy } from './key-number-study.ts'

/** By 0.05 day to day 30 and by 0.5 day to day 200: the grid of evidence/golden/golden_key_numbers.json. */
const times = () => Float64Array.from([...timeGrid(0, 30, 0.05), ...timeGrid(30.5, 200, 0.5)])

/** Peak of the transgene once the infused cells have left the blood (after day 1) and the deepest fall of M-protein. */
const doseStudy = (name: string, dose: number): KeyNumberStudy => ({
  name,
  model: 'singh-2021',
  courses: [{ name: `${dose} cells`, parameters: { dose } }],
  times,
  numbers: ([run]) => {
    const course = new Course(run!.table)
    const peak = course.maximum('transgene', 1, true)
    return { transgene_peak: peak.value, Tpeak: peak.time, Mprot_nadir_pct: course.minimum('MChange').value }
  },
})

/** Ide-cel at the lowest and at the highest dose of the publication. */
export const singhStudies: readonly KeyNumberStudy[] = [doseStudy('singh_50M', 50e6), doseStudy('singh_450M', 450e6)]

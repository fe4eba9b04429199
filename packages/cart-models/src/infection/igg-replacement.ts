import type { Regimen, RegimenDose } from '@cartkin/simulation'

/**
 * IgG into a vein, 400 mg/kg over four hours every four weeks.
 *
 * @param day of the first dose.
 * @param doses how many, at least one.
 * @param state that the doses go into, in g.
 */
export function intravenousIgG(day: number, doses: number, state = 'IV'): Regimen {
  const dose: RegimenDose = {
    time: day,
    cmt: state,
    amt: '0.4*WT',
    duration: 4 / 24,
    ii: 28,
    addl: doses - 1,
    label: 'IgG 400 mg/kg',
  }
  return { name: 'IgG 400 mg/kg every 4 weeks into a vein', doses: [dose] }
}

/** IgG under the skin, 100 mg/kg a week; as `intravenousIgG`. */
export function subcutaneousIgG(day: number, doses: number, state = 'SC'): Regimen {
  const dose: RegimenDose = {
    time: day,
    cmt: state,
    amt: '0.1*WT',
    ii: 7,
    addl: doses - 1,
    label: 'IgG 100 mg/kg',
  }
  return { name: 'IgG 100 mg/kg a week under the skin', doses: [dose] }
}

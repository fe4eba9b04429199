import type { Model } from '@cartkin/model'
import { quantities, type Regimen, type RegimenDose } from '@cartkin/simulation'
import { amountText } from './amount-text.ts'
import { drugName, drugWord } from './dose-name.ts'
import { readAmount } from './read-amount.ts'
import { type RuleFields, typedRule } from './rule-text.ts'

/** Drugs against CRS, with the state they are given into by its label, and the doses that the library gives elsewhere. */
const careDrugs = [
  {
    drug: 'Tocilizumab',
    state: /^Tocilizumab in blood$/,
    amount: '8 mg/kg up to 800 mg',
    label: 'Tocilizumab 8 mg/kg',
  },
  { drug: 'Dexamethasone', state: /^Dexamethasone( in blood)?$/, amount: '10 mg', label: 'Dexamethasone 10 mg' },
] as const

/**
 * What can be given in a model: the drugs and cells of the regimens that the library has for it, each amount once, and
 * drugs against CRS that it has a state for.
 */
export function paletteDoses(regimens: readonly Regimen[], model: Model): readonly RegimenDose[] {
  const listed = distinctDoses(regimens.flatMap(({ doses }) => doses))
  const care = careDrugs.flatMap(({ drug, state, amount, label }): readonly RegimenDose[] => {
    const into = model.states.find((one) => state.test(one.label))
    if (!into || listed.some((dose) => drugName(dose) === drug)) return []
    const read = readAmount(amount, into.name, model)
    return read.kind === 'amount' ? [{ time: 0, cmt: into.name, amt: read.part.amt, label }] : []
  })
  return [...listed, ...care]
}

/** Of the drugs against CRS, those that no state of a model is for. */
export function lackingDrugs(model: Model, doses: readonly RegimenDose[]): readonly string[] {
  return careDrugs
    .map(({ drug }) => drug)
    .filter(
      (drug) =>
        !doses.some((dose) => drugName(dose).startsWith(drug)) &&
        !model.states.some(({ label }) => label.startsWith(drug)),
    )
}

function distinctDoses(doses: readonly RegimenDose[]): readonly RegimenDose[] {
  const seen = new Set<string>()
  return doses.filter((dose) => {
    const key = JSON.stringify([dose.label ?? '', dose.cmt, dose.amt, dose.evid])
    const isNew = !seen.has(key)
    seen.add(key)
    return isNew
  })
}

/** A rule that suits a model, before it is changed. */
export interface RuleTemplate {
  readonly title: string
  readonly fields: RuleFields
}

interface Pattern {
  readonly drug: 'Tocilizumab' | 'Dexamethasone' | 'Methylprednisolone' | 'Anakinra'
  readonly title: string
  /** The first that the model can judge is taken. */
  readonly when: readonly string[]
  readonly repeats: string
  readonly atMost: string
  readonly apart: string
}

/**
 * Doses are the model's own. Conditions and intervals: fever of twelve hours as in the manual's example; grades and repeats
 * as in the guideline of the American Society of Clinical Oncology (Santomasso 2021, J Clin Oncol 39:3978).
 */
const patterns: readonly Pattern[] = [
  {
    ...{ drug: 'Tocilizumab', title: 'Tocilizumab at fever', repeats: '', atMost: '4', apart: '8 h' },
    when: ['TEMP >= 38 for 12 h'],
  },
  {
    ...{ drug: 'Tocilizumab', title: 'Tocilizumab at grade 2', repeats: '', atMost: '4', apart: '8 h' },
    when: ['CRS >= 2'],
  },
  {
    ...{
      drug: 'Dexamethasone',
      title: 'Dexamethasone at grade 3',
      repeats: ' every 6 h times 4',
      atMost: '7',
      apart: '1 day',
    },
    when: ['CRS >= 3 or ICANS >= 2', 'CRS >= 3'],
  },
  {
    ...{ drug: 'Methylprednisolone', title: 'Methylprednisolone at grade 4', repeats: '', atMost: '3', apart: '1 day' },
    when: ['CRS >= 4 or ICANS >= 4', 'CRS >= 4'],
  },
  {
    ...{ drug: 'Anakinra', title: 'Anakinra at ICANS', repeats: ' every 8 h times 3', atMost: '3', apart: '1 day' },
    when: ['ICANS >= 2 for 1 day'],
  },
]

/** Rules for the drugs that a model takes, as far as it has what they judge. */
export function ruleTemplates(model: Model, doses: readonly RegimenDose[]): readonly RuleTemplate[] {
  return patterns.flatMap(({ drug, title, when, repeats, atMost, apart }) => {
    const dose = doses.find((candidate) => drugName(candidate) === drug)
    if (!dose) return []
    const [amount = '', cap] = ruleAmount(dose, model).split(' up to ')
    const upTo = cap === undefined ? '' : ` up to ${cap}`
    const give = `${drugWord(dose)} ${amount} into ${dose.cmt}${upTo}${repeats}`
    const fitting = when
      .map((condition): RuleFields => ({ name: drugWord(dose), when: condition, give, atMost, apart }))
      .find((fields) => typedRule(fields, model).kind === 'rule')
    return fitting ? [{ title, fields: fitting }] : []
  })
}

/** By body weight where the label says so and the model knows the weight: "Tocilizumab 8 mg/kg" for 640 mg. */
function ruleAmount(dose: RegimenDose, model: Model): string {
  const perWeight = /(\d+(\.\d+)?) mg\/kg/.exec(dose.label ?? '')?.[1]
  if (perWeight === undefined || !model.parameters.some(({ name }) => name === 'WT')) return amountText(dose, model)
  return amountText(dose, model).includes('/kg') ? amountText(dose, model) : `${perWeight} mg/kg`
}

/** A rule to begin with where none of the others suits. */
export function blankRule(model: Model): RuleFields {
  const [first] = quantities(model)
  const [state] = model.states
  return {
    name: 'rule',
    when: first ? `${first.name} > 0` : '',
    give: `dose 1 into ${state?.name ?? ''}`,
    atMost: '1',
    apart: '',
  }
}

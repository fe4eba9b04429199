import { libraryModel, libraryModels } from '@cartkin/cart-models'
import { type Model, parseModel } from '@cartkin/model'
import {
  type DecisionCondition,
  type DecisionRule,
  type Regimen,
  type RegimenDose,
  readRule,
} from '@cartkin/simulation'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadDashboard } from './load-dashboard.ts'

type Amount = Pick<RegimenDose, 'cmt' | 'amt'>
type ReadAmount =
  | { readonly kind: 'amount'; readonly part: { readonly amt: number | string } }
  | { readonly kind: 'refused'; readonly problem: string }

const { amountText }: { amountText(dose: Amount, model: Model): string } = await loadDashboard('regimen/amount-text.ts')
const { readAmount }: { readAmount(text: string, cmt: string, model: Model): ReadAmount } =
  await loadDashboard('regimen/read-amount.ts')

interface RuleFields {
  readonly name: string
  readonly when: string
  readonly give: string
  readonly atMost: string
  readonly apart: string
}
type TypedRule =
  | { readonly kind: 'rule'; readonly rule: DecisionRule }
  | { readonly kind: 'refused'; readonly problems: Partial<RuleFields> }

const {
  typedRule,
  ruleFields,
  conditionText,
}: {
  typedRule(fields: RuleFields, model: Model): TypedRule
  ruleFields(rule: DecisionRule, model: Model): RuleFields
  conditionText(condition: DecisionCondition, timeUnit: string): string
} = await loadDashboard('regimen/rule-text.ts')
const {
  paletteDoses,
  ruleTemplates,
}: {
  paletteDoses(regimens: readonly Regimen[], model: Model): readonly RegimenDose[]
  ruleTemplates(model: Model, doses: readonly RegimenDose[]): readonly { readonly fields: RuleFields }[]
} = await loadDashboard('regimen/regimen-palette.ts')
const {
  shifted,
  splitDose,
  readShares,
}: {
  shifted(regimen: Regimen, indices: ReadonlySet<number>, by: number, start: number): Regimen
  splitDose(regimen: Regimen, index: number, shares: readonly number[], interval: number): Regimen
  readShares(text: string): readonly number[] | { readonly problem: string }
} = await loadDashboard('regimen/regimen-edits.ts')
const {
  drugName,
  labelWith,
}: {
  drugName(dose: object): string
  labelWith(dose: object, amount: string): string | undefined
} = await loadDashboard('regimen/dose-name.ts')
const {
  doseLanes,
  stackedRows,
  timelineSpan,
}: {
  doseLanes(regimen: Regimen): readonly { readonly title: string; readonly doses: readonly object[] }[]
  stackedRows(places: readonly number[], least: number): readonly number[]
  timelineSpan(
    regimen: Regimen,
    decided: readonly never[],
    start: number,
    horizon: number,
  ): { readonly low: number; readonly high: number }
} = await loadDashboard('regimen/dose-marks.ts')

function modelOf(id: string): Model {
  const parsed = parseModel(libraryModel(id).text)
  if (!parsed.ok) throw new Error(id)
  return parsed.model
}

const oncology = modelOf('oncology-qsp')
const care = modelOf('oncology-crs-care')
const fluCy = modelOf('flu-cy-neutrophils')

describe('an amount', () => {
  it.each([
    [care, { cmt: 'toc_blood', amt: 'min(8*WT, 800)' }, '8 mg/kg up to 800 mg'],
    [oncology, { cmt: 'TC1', amt: 640 }, '640 mg'],
    [fluCy, { cmt: 'flu_A1', amt: '30*sqrt(WT*HT/3600)' }, '30 mg/m²'],
    [modelOf('rituximab'), { cmt: 'blood', amt: '375*BSA' }, '375 mg/m²'],
    [oncology, { cmt: 'LD', amt: 'w_flu + w_cy' }, 'w_flu + w_cy'],
  ])('of a library model is written as it is prescribed', (model, dose, text) => {
    expect(amountText(dose, model)).toBe(text)
    expect(readAmount(text, dose.cmt, model)).toMatchObject({ kind: 'amount', part: { amt: dose.amt } })
  })

  it('of every dose of the library comes back as it was', () => {
    for (const id of ['oncology-qsp', 'lupus-qsp', 'oncology-crs-care', 'lupus-flu-cy', 'singh-2021', 'belimumab']) {
      const model = modelOf(id)
      const { regimen, scenarios = [] } = libraryModel(id)
      for (const dose of paletteDoses([regimen, ...scenarios.map((scenario) => scenario.regimen)], model)) {
        const read = readAmount(amountText(dose, model), dose.cmt, model)
        expect(read, `${id}: ${dose.label}`).toMatchObject({ kind: 'amount', part: { amt: dose.amt } })
      }
    }
  })

  it.each([
    ['', /Type an amount/],
    ['1,5', /comma/],
    ['8 mg/m2', /which the model does not know; type the whole amount\.$/],
    ['12 lightyears', /is in lightyears|no unit/],
    ['8 mg/kgg', /unit/],
    ['-4', /from 0 on/],
    ['w_flux', /no parameter w_flux; did you mean w_flu/],
  ])('that cannot be one is refused: %j', (text, problem) => {
    const read = readAmount(text, 'TC1', oncology)
    expect(read.kind === 'refused' && read.problem).toMatch(problem)
  })
})

describe('a label', () => {
  it.each([
    ['Fludarabine 25 mg/m²', 'Fludarabine'],
    ['Ide-cel 450e6 cells', 'Ide-cel'],
    ['CD19 CAR-T cells', 'CD19 CAR-T cells'],
    ['Fludarabine 25 mg/m² and cyclophosphamide 1000 mg/m²', 'Fludarabine 25 mg/m² and cyclophosphamide 1000 mg/m²'],
    ['Methylprednisolone 1 g', 'Methylprednisolone'],
  ])('names the drug: %s', (label, name) => {
    expect(drugName({ label, cmt: 'X' })).toBe(name)
  })

  it('says the amount that was chosen', () => {
    expect(labelWith({ label: 'Fludarabine 25 mg/m²', cmt: 'A1' }, '30 mg/m2')).toBe('Fludarabine 30 mg/m²')
    expect(labelWith({ label: 'Tocilizumab 8 mg/kg', cmt: 'A1' }, '6 mg/kg up to 800 mg')).toBe('Tocilizumab 6 mg/kg')
  })
})

describe('a rule', () => {
  const fever: RuleFields = {
    name: 'tocilizumab',
    when: 'TEMP >= 38 for 12 h',
    give: 'tocilizumab 8 mg/kg up to 800 mg into TC1 over 1 h after 1 h',
    atMost: '4',
    apart: '8 h',
  }
  it('is read as the command reads it, and written as it was', () => {
    const typed = typedRule(fever, oncology)
    const expected = readRule(oncology, { ...fever, atMost: 4 })
    expect(typed).toEqual({ kind: 'rule', rule: expected })
    const written = ruleFields(expected, oncology)
    expect(written).toEqual({ ...fever, give: 'tocilizumab 8 mg/kg into TC1 up to 800 mg over 1 h after 1 h' })
    expect(typedRule(written, oncology)).toEqual({ kind: 'rule', rule: expected })
  })

  it('has its errors where they are, all at once', () => {
    const typed = typedRule(
      { name: '', when: 'TMP >= 38', give: 'tocilizumab 8 mg/kg into TC9', atMost: '2.5', apart: '8 parsec' },
      oncology,
    )
    expect(typed.kind === 'refused' && Object.keys(typed.problems).toSorted()).toEqual(
      ['apart', 'atMost', 'give', 'name', 'when'].toSorted(),
    )
    expect(typed.kind === 'refused' && typed.problems.when).toMatch(/no state or output TMP; did you mean TEMP/)
    expect(typedRule({ ...fever, apart: '' }, oncology)).toMatchObject({
      kind: 'refused',
      problems: { apart: /apart/ },
    })
  })

  it('has a text for every condition, which reads as the same', () => {
    const holding = fc.record(
      {
        forTime: fc.constantFrom(1 / 3, 0.5, 1, 3),
        from: fc.constantFrom(0, 1, 14),
        until: fc.constantFrom(2, 30.25),
      },
      { requiredKeys: [] },
    )
    const { condition } = fc.letrec<{ condition: DecisionCondition; comparison: DecisionCondition }>((tie) => ({
      comparison: fc
        .tuple(
          fc.constantFrom('TEMP', 'CRS', 'IL6'),
          fc.constantFrom('atLeast', 'above', 'atMost', 'below'),
          fc.constantFrom<number | string>(38, 0.25, 1e6, '2*WT'),
          holding,
        )
        .map(([quantity, sign, bound, held]): DecisionCondition => {
          const bounds = { quantity, ...held }
          if (sign === 'atLeast') return { ...bounds, atLeast: bound }
          if (sign === 'above') return { ...bounds, above: bound }
          return sign === 'atMost' ? { ...bounds, atMost: bound } : { ...bounds, below: bound }
        }),
      condition: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        tie('comparison'),
        fc
          .tuple(fc.array(tie('condition'), { minLength: 2, maxLength: 3 }), holding)
          .map(([all, held]) => ({ all, ...held })),
        fc
          .tuple(fc.array(tie('condition'), { minLength: 2, maxLength: 3 }), holding)
          .map(([any, held]) => ({ any, ...held })),
      ),
    }))
    fc.assert(
      fc.property(condition, (wanted) => {
        const text = conditionText(wanted, 'day')
        const rule = readRule(oncology, { name: 'r', when: text, give: [] })
        // another bracket may stand around the same: what counts is that its text is the same again
        expect(conditionText(rule.when, 'day')).toBe(text)
      }),
    )
  })

  it.each([
    'oncology-qsp',
    'lupus-qsp',
    'oncology-crs-care',
    'lupus-crs-care',
    'oncology-vein-to-vein',
    'lupus-antibodies',
  ])('for tocilizumab and for a steroid is there for %s', (id) => {
    const { regimen, scenarios = [] } = libraryModel(id)
    const templates = ruleTemplates(
      modelOf(id),
      paletteDoses([regimen, ...scenarios.map((scenario) => scenario.regimen)], modelOf(id)),
    )
    expect(templates.map(({ fields }) => fields.name)).toEqual(expect.arrayContaining(['tocilizumab', 'dexamethasone']))
    expect(templates[0]?.fields.give).toMatch(/^tocilizumab 8 mg\/kg into/)
  })
  it('is not there where no state takes the drug', () => {
    expect(ruleTemplates(fluCy, paletteDoses([libraryModel('flu-cy-neutrophils').regimen], fluCy))).toEqual([])
  })
})

describe('every regimen of the library', () => {
  it('lies on its timeline, dose by dose, with amounts that can be read again', () => {
    for (const { id, text, regimen, scenarios = [], start, horizon } of libraryModels) {
      const parsed = parseModel(text)
      if (!parsed.ok) throw new Error(id)
      for (const one of [regimen, ...scenarios.map((scenario) => scenario.regimen)]) {
        const { low, high } = timelineSpan(one, [], start, horizon)
        expect(low <= start && low < high && high <= horizon, `${id}: ${low} to ${high}`).toBe(true)
        expect(doseLanes(one).flatMap(({ doses }) => doses).length).toBe(one.doses.length)
        for (const { time } of one.doses) expect(time >= low && (time <= high || time > horizon), id).toBe(true)
        for (const dose of one.doses)
          expect(
            readAmount(amountText(dose, parsed.model), dose.cmt, parsed.model),
            `${id}: ${dose.label}`,
          ).toMatchObject({
            kind: 'amount',
            part: { amt: dose.amt },
          })
      }
    }
  })
})

describe('doses', () => {
  const regimen = libraryModel('lupus-qsp').regimen
  it('are moved together, none to before the run begins', () => {
    const all = new Set(regimen.doses.map((_, k) => k))
    expect(shifted(regimen, all, -2, -10).doses.map(({ time }) => time)).toEqual([-7, -6, -5, -2])
    expect(shifted(regimen, all, -20, -10).doses.map(({ time }) => time)).toEqual([-10, -9, -8, -5])
  })

  it('are split in shares that make the whole', () => {
    const shares = readShares('10, 30, 60')
    if ('problem' in shares) throw new Error(shares.problem)
    const split = splitDose(regimen, 3, shares, 1)
    expect(split.doses.slice(3)).toMatchObject([
      { time: 0, amt: 0.1, label: 'CD19 CAR-T cells (10 %)' },
      { time: 1, amt: 0.3, label: 'CD19 CAR-T cells (30 %)' },
      { time: 2, amt: 0.6, label: 'CD19 CAR-T cells (60 %)' },
    ])
    expect(doseLanes(split).at(-1)).toMatchObject({ title: 'CD19 CAR-T cells', doses: [{}, {}, {}] })
    expect(
      splitDose({ name: 'one', doses: [{ time: 0, cmt: 'E_b', amt: 'dose' }] }, 0, [0.5, 0.5], 2).doses,
    ).toMatchObject([
      { time: 0, amt: '0.5*dose' },
      { time: 2, amt: '0.5*dose' },
    ])
  })

  it('lie beside one another on the timeline, none on another', () => {
    const places = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 })
    fc.assert(
      fc.property(places, fc.double({ min: 0.01, max: 0.5, noNaN: true }), (marks, least) => {
        const rows = stackedRows(marks, least)
        marks.forEach((place, k) => {
          const others = marks.filter((_, other) => other !== k && rows[other] === rows[k])
          expect(others.every((other) => Math.abs(other - place) >= least)).toBe(true)
        })
      }),
    )
    expect(stackedRows([0, 0.5, 0.05], 0.1)).toEqual([0, 0, 1])
  })

  it.each(['50', '10, 30', '10, 30, x', '-10, 110', ''])('are not split in %j', (text) => {
    expect(readShares(text)).toHaveProperty('problem')
  })
})

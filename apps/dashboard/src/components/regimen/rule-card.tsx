import type { DecisionRule } from '@cartkin/simulation'
import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import { withRules } from '../../regimen/regimen-edits.ts'
import { type RuleFields, ruleFields, typedRule } from '../../regimen/rule-text.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { timeText } from '../../state/time-units.ts'
import { formatNumber } from '../controls/format-number.ts'
import { useRegimen } from './use-regimen.ts'

interface RuleCardProps {
  readonly dashboard: Dashboard
  readonly index: number
  readonly rule: DecisionRule
  /** Times of what it has decided in the present course; null while there is none. */
  readonly decided: readonly number[] | null
}

/** Most times that are written out. */
const mostTimes = 8

/** A rule by which doses are decided, as it is written; what is wrong is said at its field, and the last valid rule stays in use. */
export function RuleCard({ dashboard, index, rule, decided }: RuleCardProps) {
  const id = useId()
  const { model, timeUnit } = dashboard.opened.value
  const actions = useRegimen(dashboard)
  const draft = useSignal<RuleFields | null>(null)
  const problems = useSignal<Partial<Readonly<Record<keyof RuleFields, string>>>>({})
  const fields = draft.value ?? ruleFields(rule, model)
  const replace = (next: DecisionRule | null, label: string): void =>
    actions.edit(label, (regimen) =>
      withRules(
        regimen,
        (regimen.rules ?? []).flatMap((before, k) => (k === index ? (next ? [next] : []) : [before])),
      ),
    )
  const check = (): void => {
    if (!draft.value) return
    const typed = typedRule(draft.value, model)
    problems.value = typed.kind === 'refused' ? typed.problems : {}
    if (typed.kind === 'refused') return
    draft.value = null
    if (JSON.stringify(typed.rule) !== JSON.stringify(rule)) replace(typed.rule, `Rule ${typed.rule.name}`)
  }
  const box = (field: keyof RuleFields, title: string, hint: string, lines = 1) => {
    const problem = problems.value[field]
    const attributes = {
      id: `${id}-${field}-box`,
      class: 'number-box rule-box',
      'aria-invalid': problem !== undefined,
      'aria-describedby': problem === undefined ? undefined : `${id}-${field}`,
      placeholder: hint,
      value: fields[field],
      spellcheck: false,
      onInput: (event: Event & { readonly currentTarget: HTMLInputElement | HTMLTextAreaElement }) => {
        draft.value = { ...fields, [field]: event.currentTarget.value }
        problems.value = { ...problems.value, [field]: undefined }
      },
      onChange: check,
    } as const
    return (
      <div class={`rule-field rule-${field}`}>
        <label for={`${id}-${field}-box`}>{title}</label>
        {lines > 1 ? (
          <textarea rows={lines} {...attributes} />
        ) : (
          <input type="text" autoComplete="off" {...attributes} />
        )}
        {problem && (
          <p class="problem" id={`${id}-${field}`} role="alert">
            {problem}
          </p>
        )}
      </div>
    )
  }
  const hasProblem = Object.values(problems.value).some((problem) => problem !== undefined)
  return (
    <fieldset class="rule" data-rule={rule.name}>
      <legend class="visually-hidden">Rule {rule.name}</legend>
      <div class="rule-head">
        {box('name', 'Rule', 'tocilizumab')}
        <button
          type="button"
          class="icon-button"
          aria-label={`Remove rule ${rule.name}`}
          title="Remove"
          onClick={() => replace(null, `Remove rule ${rule.name}`)}
        >
          ×
        </button>
      </div>
      {box('when', 'When', 'TEMP >= 38 for 12 h')}
      {box('give', 'Give', 'tocilizumab 8 mg/kg into TC1', Math.max(2, fields.give.split('\n').length))}
      <div class="rule-numbers">
        {box('atMost', 'At most', rule.apart === undefined ? '1' : 'any number')}
        {box('apart', 'Apart', 'once')}
      </div>
      <p class="caption" role="status">
        {hasProblem
          ? 'The rule as it last was without errors is in use.'
          : decided === null
            ? ''
            : decided.length === 0
              ? 'Decided nothing in this run.'
              : `Given ${decided.length === 1 ? 'once' : `${decided.length} times`}: ${decided
                  .slice(0, mostTimes)
                  .map((time) => timeText(timeUnit, formatNumber(time)))
                  .join(', ')}${decided.length > mostTimes ? ' …' : ''}`}
      </p>
    </fieldset>
  )
}

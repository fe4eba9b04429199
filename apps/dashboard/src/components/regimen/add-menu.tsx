import type { RegimenDose } from '@cartkin/simulation'
import { drugWord } from '../../regimen/dose-name.ts'
import { withMilestones, withNewDose, withRules } from '../../regimen/regimen-edits.ts'
import { blankRule, paletteDoses, ruleTemplates } from '../../regimen/regimen-palette.ts'
import { type RuleFields, typedRule } from '../../regimen/rule-text.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { MenuButton } from '../controls/menu-button.tsx'
import { useRegimen } from './use-regimen.ts'

/** What can be added to the regimen: the drugs and cells of the model's own regimens, rules that suit it, milestones. */
export function AddMenu({ dashboard }: { readonly dashboard: Dashboard }) {
  const { model, regimens } = dashboard.opened.value
  const actions = useRegimen(dashboard)
  const doses = paletteDoses(regimens, model)
  const templates = ruleTemplates(model, doses)
  const rules = actions.regimen.rules ?? []

  const addDose = (dose: RegimenDose): void => {
    const taken = actions.regimen.doses.filter(({ cmt, label }) => cmt === dose.cmt && label === dose.label)
    const time = taken.length > 0 ? Math.max(...taken.map((other) => other.time)) + actions.timeStep : dose.time
    actions.edit(`Add ${drugWord(dose)}`, (regimen) => withNewDose(regimen, { ...dose, time }))
  }
  const addRule = (fields: RuleFields): void => {
    const names = new Set(rules.map(({ name }) => name))
    let k = 2
    while (names.has(`${fields.name} ${k}`)) k++
    const name = names.has(fields.name) ? `${fields.name} ${k}` : fields.name
    const typed = typedRule({ ...fields, name }, model)
    if (typed.kind === 'rule')
      actions.edit(`Add rule ${name}`, (regimen) => withRules(regimen, [...(regimen.rules ?? []), typed.rule]))
  }
  const own = blankRule(model)
  const hasOwn = typedRule(own, model).kind === 'rule'
  return (
    <MenuButton class="button small" face="Add ▾">
      {(close) => {
        const item = (key: string, title: string, kind: string, act: () => void) => (
          <button
            key={key}
            type="button"
            onClick={() => {
              close()
              act()
            }}
          >
            {title} <span class="muted">{kind}</span>
          </button>
        )
        return (
          <>
            {doses.map((dose) =>
              item(JSON.stringify(dose), dose.label ?? `${dose.amt} into ${dose.cmt}`, `into ${dose.cmt}`, () =>
                addDose(dose),
              ),
            )}
            {templates.map(({ title, fields }) => item(title, title, 'rule', () => addRule(fields)))}
            {hasOwn && item('own', 'A rule of your own', 'rule', () => addRule(own))}
            {item('milestone', 'Milestone', 'gives nothing', () =>
              actions.edit('Add milestone', (regimen) =>
                withMilestones(regimen, [...(regimen.milestones ?? []), { time: 0, label: 'Milestone' }]),
              ),
            )}
          </>
        )
      }}
    </MenuButton>
  )
}

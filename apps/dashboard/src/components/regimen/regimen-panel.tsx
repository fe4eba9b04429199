import { decidedTimes, doseLanes } from '../../regimen/dose-marks.ts'
import { drugName } from '../../regimen/dose-name.ts'
import { lackingDrugs, paletteDoses } from '../../regimen/regimen-palette.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { AddMenu } from './add-menu.tsx'
import { DoseBlock } from './dose-block.tsx'
import { DoseForm } from './dose-form.tsx'
import { MilestoneRows } from './milestone-rows.tsx'
import { RegimenMenu } from './regimen-menu.tsx'
import { RegimenTimeline } from './regimen-timeline.tsx'
import { RuleCard } from './rule-card.tsx'

/** What is given in the active scenario: as a timeline, and as a list that says and changes the same. */
export function RegimenPanel({ dashboard }: { readonly dashboard: Dashboard }) {
  const { model, isOwn } = dashboard.opened.value
  const { regimen } = dashboard.scenario.value
  const lanes = doseLanes(regimen)
  const course = dashboard.course.value
  const rules = regimen.rules ?? []
  const times = course && decidedTimes(course.decided)
  const isEmpty = regimen.doses.length === 0 && rules.length === 0 && !regimen.milestones
  return (
    <section class="card regimen" aria-labelledby="regimen-title">
      <div class="row">
        <h2 id="regimen-title">Regimen</h2>
        <span class="muted">{isEmpty ? 'nothing is given' : ''}</span>
        <span class="spacer" />
        <AddMenu dashboard={dashboard} />
      </div>
      <RegimenMenu dashboard={dashboard} />
      {isEmpty ? <WhatCanBeGiven dashboard={dashboard} /> : <RegimenTimeline dashboard={dashboard} lanes={lanes} />}
      {lanes.map((lane) => (
        <DoseBlock key={lane.key} dashboard={dashboard} lane={lane} />
      ))}
      <MilestoneRows dashboard={dashboard} />
      {rules.map((rule, k) => (
        // a rule's place is its identity: its name can be changed
        <RuleCard
          key={k}
          dashboard={dashboard}
          index={k}
          rule={rule}
          decided={times ? (times.get(rule.name) ?? []) : null}
        />
      ))}
      <details class="new-dose" open={isOwn}>
        <summary>Dose into a state</summary>
        <DoseForm key={model.text} dashboard={dashboard} />
      </details>
      {!isEmpty && !isOwn && <Lacking dashboard={dashboard} />}
    </section>
  )
}

/** What an empty regimen says. */
function WhatCanBeGiven({ dashboard }: { readonly dashboard: Dashboard }) {
  const { model, regimens, isOwn } = dashboard.opened.value
  const names = drugsOf(dashboard)
  const [first] = regimens
  const contained = first && first.doses.length === 0 && first.name.toLowerCase() !== 'none' ? first.name : ''
  return (
    <p class="muted">
      {contained && `${contained}. `}
      {names.length > 0
        ? `This model takes ${names.join(', ')}: press Add, or choose a regimen.`
        : `${isOwn ? '' : 'The library gives this model no drug. '}A dose can go into any of its states: ${model.states.map(({ name }) => name).join(', ')}.`}
    </p>
  )
}

/** Of the drugs that one looks for, those that the model has no state for. */
function Lacking({ dashboard }: { readonly dashboard: Dashboard }) {
  const names = drugsOf(dashboard)
  const { model, regimens } = dashboard.opened.value
  const lacking = lackingDrugs(model, paletteDoses(regimens, model))
  if (lacking.length === 0) return null
  return (
    <p class="caption">
      This model has no state that takes {lacking.join(' or ').toLowerCase()}
      {names.length > 0 ? `; it takes ${names.join(', ')}.` : '.'}
    </p>
  )
}

/** Drugs and cells that the model takes, as far as the library says it, each once. */
function drugsOf(dashboard: Dashboard): readonly string[] {
  const { model, regimens } = dashboard.opened.value
  return [...new Set(paletteDoses(regimens, model).map(drugName))]
}

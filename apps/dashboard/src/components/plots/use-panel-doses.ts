import { type ReadonlySignal, useComputed } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { doseTicks } from '../../plot/dose-ticks.ts'
import type { DoseRow } from '../../plot/panel-rows.ts'
import { givenCells } from '../../regimen/given-cells.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { unchanged } from '../../state/unchanged.ts'
import { editableNumber } from '../controls/format-number.ts'
import { unitText } from '../controls/unit-text.ts'

/** What is given when. A slider that changes none of it leaves it, and all words about it, as they are. */
export function usePanelDoses({ scenario, opened, settled }: Dashboard): ReadonlySignal<readonly DoseRow[]> {
  const regimen = useComputed(() => scenario.value.regimen)
  const parameters = useComputed(() => givenCells(opened.value.model))
  const cells = useMemo(
    () =>
      unchanged(
        () =>
          new Map(
            [...parameters.value].map(([state, { name, unit }]) => {
              const value = scenario.value.parameters[name] ?? opened.value.defaults.get(name) ?? Number.NaN
              return [state, `${editableNumber(value)} ${unitText(unit)}`]
            }),
          ),
        (a, b) => a.size === b.size && [...a].every(([state, text]) => b.get(state) === text),
      ),
    [],
  )
  return useComputed(() => doseTicks(regimen.value, settled.value, opened.value.model, cells.value))
}

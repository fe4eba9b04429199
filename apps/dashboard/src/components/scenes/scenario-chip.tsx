import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { Scenario } from '../../document/scenario.ts'
import { activated, comparedWith, duplicated, relabelled, removed } from '../../document/scenes.ts'
import { type Palette, scenarioDash, seriesColour } from '../../plot/palette.ts'
import { activeWidth, otherWidth } from '../../plot/panel-series.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { MenuButton } from '../controls/menu-button.tsx'
import { EyeIcon } from './eye-icon.tsx'
import { LineSample } from './line-sample.tsx'
import { ScenarioName } from './scenario-name.tsx'

interface ScenarioChipProps {
  readonly dashboard: Dashboard
  readonly scenario: Scenario
  readonly palette: Palette
}

/** A scenario in the strip: how it is drawn, its name, whether it is drawn, and what can be done with it. */
export function ScenarioChip({ dashboard, scenario, palette }: ScenarioChipProps) {
  const { id, name, look, shown } = scenario
  const { active, reference, scenarios } = dashboard.desk.value
  const isActive = id === active
  const isReference = id === reference
  const naming = useSignal(false)
  const chip = useRef<HTMLLIElement>(null)
  const face = useRef<HTMLButtonElement>(null)
  const { problem } = isActive ? { problem: '' } : dashboard.scene.courseOf(scenario)
  const sample = {
    colour: isReference && !isActive ? palette.reference : seriesColour(palette, look),
    dash: isReference ? [] : scenarioDash(look, isActive),
  }
  useEffect(() => {
    if (isActive) chip.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [isActive, scenarios.length])

  const rename = (typed: string | null): void => {
    naming.value = false
    const next = typed?.trim().slice(0, 200)
    if (next && next !== name) dashboard.changeDesk('Rename scenario', (desk) => relabelled(desk, id, { name: next }))
    requestAnimationFrame(() => face.current?.focus())
  }
  const title = [
    name,
    isActive ? 'Sliders change this scenario.' : 'Click to put it under the sliders.',
    isReference ? 'Others are compared with it.' : '',
    problem,
    'F2 or double-click to rename.',
  ]

  return (
    <li
      ref={chip}
      class="scenario-chip"
      data-scenario={id}
      data-active={isActive ? '' : undefined}
      data-hidden={shown || isActive ? undefined : ''}
    >
      {naming.value ? (
        <ScenarioName name={name} done={rename} />
      ) : (
        <button
          ref={face}
          type="button"
          class="scenario-face"
          aria-pressed={isActive}
          title={title.filter((line) => line !== '').join('\n')}
          onClick={() => dashboard.changeDesk(`Scenario ${name}`, (desk) => activated(desk, id))}
          onDblClick={() => {
            naming.value = true
          }}
          onKeyDown={(event) => {
            if (event.key !== 'F2') return
            event.preventDefault()
            naming.value = true
          }}
        >
          <LineSample {...sample} width={isActive ? activeWidth : otherWidth} />
          <span class="scenario-name">{name}</span>
          {isReference && <span class="scenario-role">reference</span>}
          {problem && (
            <span class="scenario-problem" role="img" aria-label={`Not drawn: ${problem}`}>
              !
            </span>
          )}
        </button>
      )}
      {!isActive && (
        <button
          type="button"
          class="icon-button"
          aria-pressed={shown}
          aria-label={`Draw ${name}`}
          title={shown ? 'Hide its curves' : 'Draw its curves'}
          onClick={() =>
            dashboard.changeDesk(shown ? 'Hide scenario' : 'Draw scenario', (desk) =>
              relabelled(desk, id, { shown: !shown }),
            )
          }
        >
          <EyeIcon open={shown} />
        </button>
      )}
      <MenuButton class="icon-button" label={`More about ${name}`} title="Duplicate, rename, compare, remove" face="⋯">
        {(close) => {
          const act = (label: string, change: Parameters<Dashboard['changeDesk']>[1]) => (): void => {
            close()
            dashboard.changeDesk(label, change)
          }
          return (
            <>
              <button
                type="button"
                onClick={() => {
                  close()
                  naming.value = true
                }}
              >
                Rename
              </button>
              <button type="button" onClick={act('Duplicate scenario', (desk) => duplicated(desk, id))}>
                Duplicate
              </button>
              {isReference ? (
                <button type="button" onClick={act('Reference', (desk) => comparedWith(desk, null))}>
                  Compare with the model’s values instead
                </button>
              ) : (
                <button type="button" onClick={act('Reference', (desk) => comparedWith(desk, id))}>
                  Make reference
                </button>
              )}
              {scenarios.length > 1 && (
                <button type="button" onClick={act('Remove scenario', (desk) => removed(desk, id))}>
                  Remove
                </button>
              )}
            </>
          )
        }}
      </MenuButton>
    </li>
  )
}

import { type ReadonlySignal, useSignal } from '@preact/signals'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { Scenario } from '../../document/scenario.ts'
import { activated, comparedWith, duplicated, relabelled, removed } from '../../document/scenes.ts'
import { type Palette, scenarioDash, seriesColour } from '../../plot/palette.ts'
import { activeWidth, otherWidth } from '../../plot/panel-series.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { unchanged } from '../../state/unchanged.ts'
import { MenuButton } from '../controls/menu-button.tsx'
import { EyeIcon } from './eye-icon.tsx'
import { LineSample } from './line-sample.tsx'
import { ScenarioName } from './scenario-name.tsx'

/** What a chip shows; the same while a slider moves. */
interface ChipFacts extends Pick<Scenario, 'name' | 'look' | 'shown'> {
  readonly isActive: boolean
  readonly isReference: boolean
  /** How many scenarios there are. */
  readonly count: number
  readonly problem: string
}

function chipFacts({ desk, scene }: Dashboard, id: string): ReadonlySignal<ChipFacts> {
  return unchanged(
    () => {
      const { scenarios, active, reference } = desk.value
      const scenario = scenarios.find((one) => one.id === id)
      const isActive = id === active
      return {
        name: scenario?.name ?? '',
        look: scenario?.look ?? 0,
        shown: scenario?.shown ?? false,
        isActive,
        isReference: id === reference,
        count: scenarios.length,
        problem: scenario && !isActive ? scene.courseOf(scenario).problem : '',
      }
    },
    (a, b) => JSON.stringify(a) === JSON.stringify(b),
  )
}

interface ScenarioChipProps {
  readonly dashboard: Dashboard
  readonly id: string
  readonly palette: Palette
}

/** A scenario in the strip: how it is drawn, its name, whether it is drawn, and what can be done with it. */
export function ScenarioChip({ dashboard, id, palette }: ScenarioChipProps) {
  const facts = useMemo(() => chipFacts(dashboard, id), [dashboard, id])
  const { name, look, shown, isActive, isReference, count, problem } = facts.value
  const naming = useSignal(false)
  const chip = useRef<HTMLLIElement>(null)
  const face = useRef<HTMLButtonElement>(null)
  const sample = {
    colour: isReference && !isActive ? palette.reference : seriesColour(palette, look),
    dash: isReference ? [] : scenarioDash(look, isActive),
  }
  useEffect(() => {
    if (isActive) chip.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [isActive, count])

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
              {count > 1 && (
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

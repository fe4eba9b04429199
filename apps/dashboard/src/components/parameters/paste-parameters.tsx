import { useComputed, useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { withActive } from '../../document/desk.ts'
import { withParameters } from '../../document/scenario.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { readParameterTable } from '../../state/parameter-table.ts'

interface PasteParametersProps {
  readonly dashboard: Dashboard
  readonly close: () => void
}

/** Most problems that are listed. */
const mostListed = 20

/** A place for lines of a spreadsheet; what would be taken over is said before it is. */
export function PasteParameters({ dashboard, close }: PasteParametersProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const text = useSignal('')
  const read = useComputed(() => readParameterTable(text.value, dashboard.opened.value))
  useEffect(() => dialog.current?.showModal(), [])
  const { values, bounds, problems } = read.value
  const count = Object.keys(values).length
  const apply = (): void => {
    if (count === 0) return
    const { defaults } = dashboard.opened.peek()
    dashboard.changeDesk(`Paste ${count} parameter${count === 1 ? '' : 's'}`, (desk) => {
      const next = withActive(desk, (scenario) => withParameters(scenario, values, defaults))
      return Object.keys(bounds).length > 0 ? { ...next, bounds: { ...next.bounds, ...bounds } } : next
    })
    close()
  }
  return (
    <dialog ref={dialog} class="paste-dialog" aria-labelledby="paste-title" onClose={close}>
      <h2 id="paste-title">Paste parameters</h2>
      <p class="muted">One line each: name, tab, value. A header may name the columns name, value, lower and upper.</p>
      <textarea
        rows={10}
        spellcheck={false}
        aria-label="Lines of a spreadsheet"
        placeholder={'rho\t0.9\nalpha\t0.05'}
        value={text.value}
        onInput={(event) => {
          text.value = event.currentTarget.value
        }}
      />
      <p role="status">{text.value.trim() === '' ? '' : `${countText(count)}${refusedText(problems.length)}.`}</p>
      {problems.length > 0 && (
        <ul class="problem">
          {problems.slice(0, mostListed).map(({ line, text: problem }) => (
            <li key={`${line}/${problem}`}>
              Line {line}: {problem}
            </li>
          ))}
        </ul>
      )}
      <div class="row">
        <button type="button" class="button primary" aria-disabled={count === 0} onClick={apply}>
          {count === 0 ? 'Take over' : `Take over ${count}`}
        </button>
        <button type="button" class="button" onClick={() => dialog.current?.close()}>
          Cancel
        </button>
      </div>
    </dialog>
  )
}

function countText(count: number): string {
  return `${count} of the model’s parameters`
}

function refusedText(count: number): string {
  if (count === 0) return ''
  return count === 1 ? '; one line cannot be used' : `; ${count} lines cannot be used`
}

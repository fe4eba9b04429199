import { useSignalEffect } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { type FileReading, pageRows } from '../../datasets/file-reading.ts'
import { type DataChoice, withExcluded } from '../../document/data-choice.ts'
import type { Dashboard } from '../../state/dashboard.ts'

interface DataPreviewProps {
  readonly dashboard: Dashboard
  readonly choice: DataChoice
  readonly reading: FileReading
}

/** Fifty rows of the file as they were taken apart, each with a mark that leaves it out. */
export function DataPreview({ dashboard, choice, reading }: DataPreviewProps) {
  const { data } = dashboard
  const box = useRef<HTMLElement>(null)
  const page = data.page.value
  useSignalEffect(() => {
    const line = data.line.value
    if (line === null || data.page.value === null) return
    requestAnimationFrame(() => {
      const row = box.current?.querySelector<HTMLElement>(`[data-line="${line}"]`)
      row?.scrollIntoView({ block: 'center', inline: 'nearest' })
      row?.focus({ preventScroll: true })
    })
  })
  if (!page) return null
  const { header, format, events } = reading
  const excluded = new Set(choice.excluded)
  const marked = new Map(reading.faults.flatMap(({ place }) => (place ? [[place.line, place.header] as const] : [])))
  const last = page.from + page.shown.length
  const leaveOut = (line: number): void => {
    const out = !excluded.has(line)
    data.change(`${out ? 'Leave out' : 'Take in'} row ${line}`, (before) => withExcluded(before, [line], out))
  }
  return (
    <section class="card" aria-labelledby="rows-title" data-testid="data-preview">
      <h3 id="rows-title">Rows</h3>
      <p class="caption number">
        {page.from + 1} to {last} of {page.rows.toLocaleString('en')}
        {format?.decimalSeparator === ',' && ', numbers with a decimal point'}
      </p>
      {/* a region that scrolls has to be reachable by keyboard */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
      <section ref={box} class="preview" tabIndex={0} aria-label="Rows of the file">
        <table>
          <caption class="visually-hidden">Rows of {choice.name}</caption>
          <thead>
            <tr>
              <th scope="col" class="number">
                Row
              </th>
              {events && (
                <th scope="col">
                  <span class="visually-hidden">Left out</span>
                </th>
              )}
              {header.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
              {header.length === 0 && <th scope="col">Line as it stands</th>}
            </tr>
          </thead>
          <tbody>
            {page.shown.map(({ line, cells }) => {
              const isOut = excluded.has(line)
              return (
                <tr
                  key={line}
                  data-line={line}
                  data-out={isOut ? '' : undefined}
                  data-shown={data.line.value === line ? '' : undefined}
                  data-fault={marked.has(line) ? '' : undefined}
                  tabIndex={-1}
                >
                  <th scope="row" class="number">
                    {line}
                  </th>
                  {events && (
                    <td class="leave-out">
                      <button
                        type="button"
                        class="icon-button"
                        aria-pressed={isOut}
                        aria-label={isOut ? `Row ${line} is left out: take it in` : `Leave out row ${line}`}
                        title={isOut ? 'Take in' : 'Leave out'}
                        onClick={() => leaveOut(line)}
                      >
                        {isOut ? '↺' : '✕'}
                      </button>
                    </td>
                  )}
                  {cells.map((cell, k) => (
                    <td key={k} data-fault={marked.has(line) && marked.get(line) === header[k] ? '' : undefined}>
                      {cell}
                    </td>
                  ))}
                </tr>
              )
            })}
          </tbody>
        </table>
      </section>
      {page.rows > pageRows && (
        <div class="row">
          <button
            type="button"
            class="button small"
            aria-disabled={page.from === 0 || undefined}
            onClick={() => page.from > 0 && data.turnTo(page.from - pageRows)}
          >
            Earlier rows
          </button>
          <button
            type="button"
            class="button small"
            aria-disabled={last >= page.rows || undefined}
            onClick={() => last < page.rows && data.turnTo(page.from + pageRows)}
          >
            Later rows
          </button>
        </div>
      )}
    </section>
  )
}

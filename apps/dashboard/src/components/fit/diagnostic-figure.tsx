import { type Signal, useSignal } from '@preact/signals'
import { useEffect, useId, useRef } from 'preact/hooks'
import { saveFile } from '../../export/save-file.ts'
import type { DiagnosticFigure as Figure } from '../../plot/diagnostic-figure.ts'
import type { DiagnosticView } from '../../plot/diagnostic-view.ts'
import { readPalette } from '../../plot/palette.ts'
import type { PlotView } from '../../plot/plot-view.ts'

interface DiagnosticFigureProps {
  readonly figure: Figure
  /** Subject that is looked at in every figure; a point under the pointer or with the focus names it, a press keeps it. */
  readonly subject: Signal<string | null>
  readonly slowly: PlotView['slowly']
}

/** A figure of a fit: drawn by Vega, its points walked over with the arrow keys, and a table of the same. */
export function DiagnosticFigure({ figure, subject, slowly }: DiagnosticFigureProps) {
  const { title, caption, points, table } = figure
  const box = useRef<HTMLDivElement>(null)
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<DiagnosticView | null>(null)
  const focused = useSignal(-1)
  const kept = useRef<string | null>(subject.peek())
  const asTable = useSignal(false)
  const size = useSignal<{ readonly width: number; readonly height: number } | null>(null)
  const id = useId()
  const { x, y } = figure

  const look = (place: number, isPressed: boolean): void => {
    focused.value = place
    const found = points[place]?.subject || null
    if (isPressed) kept.current = kept.current === found ? null : found
    subject.value = place >= 0 && !isPressed ? found : kept.current
  }
  const latest = useRef(look)
  latest.current = look

  useEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(([entry]) => {
      if (!entry || entry.contentRect.width === 0) return
      size.value = { width: Math.floor(entry.contentRect.width), height: Math.floor(entry.contentRect.height) }
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [asTable.value])

  useEffect(() => {
    const element = host.current
    const shape = size.value
    if (!element || !shape) return
    let abandoned = false
    slowly(async () => {
      const { createDiagnosticView } = await import('../../plot/diagnostic-view.ts')
      if (abandoned) return
      const container = document.createElement('div')
      const drawn = createDiagnosticView(container, { x, y }, (place, isPressed) => latest.current(place, isPressed))
      await drawn.draw(figure, shape, readPalette())
      await drawn.mark(subject.peek(), focused.peek())
      if (abandoned) {
        drawn.finalize()
        return
      }
      view.current?.finalize()
      view.current = drawn
      element.replaceChildren(container)
    })
    return () => {
      abandoned = true
    }
  }, [figure, size.value])

  useEffect(() => () => view.current?.finalize(), [])

  const chosen = subject.value
  const place = focused.value
  useEffect(() => {
    slowly(async () => void (await view.current?.mark(subject.peek(), focused.peek())))
  }, [chosen, place])

  const walk = (event: KeyboardEvent): void => {
    const last = points.length - 1
    const next = { ArrowRight: Math.min(last, place + 1), ArrowLeft: Math.max(0, place - 1), Home: 0, End: last }[
      event.key
    ]
    if (event.key === 'Escape') look(-1, false)
    else if (event.key === 'Enter' && place >= 0) look(place, true)
    else if (next !== undefined) look(next, false)
    else return
    event.preventDefault()
  }

  return (
    <figure class="panel fit-figure" data-figure={figure.id} aria-labelledby={`${id}-title`}>
      <header class="panel-header">
        <h2 id={`${id}-title`}>{title}</h2>
        <span class="spacer" />
        {!asTable.value && (
          <button
            type="button"
            class="button tiny"
            aria-label={`${title}: save as SVG`}
            onClick={() => void view.current?.toSvg().then((svg) => saveFile(`${figure.id}.svg`, 'image/svg+xml', svg))}
          >
            SVG
          </button>
        )}
        <button
          type="button"
          class="button tiny"
          aria-pressed={asTable.value}
          aria-label={`${title}: show as table`}
          onClick={() => {
            asTable.value = !asTable.value
          }}
        >
          Table
        </button>
      </header>
      {asTable.value ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
        <section class="fit-table" tabIndex={0} aria-label={`${title}, table`}>
          <table>
            <caption class="visually-hidden">{title}</caption>
            <thead>
              <tr>
                {table.header.map((text) => (
                  <th key={text} scope="col">
                    {text}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map((row, k) => (
                <tr key={k}>
                  {row.map((cell, column) => (
                    <td key={table.header[column]} class="number">
                      {cell}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : (
        <div
          ref={box}
          class="fit-plot"
          tabIndex={0}
          role="slider"
          aria-orientation="horizontal"
          aria-label={`${title}, points from left to right`}
          aria-describedby={`${id}-caption`}
          aria-valuemin={0}
          aria-valuemax={points.length}
          aria-valuenow={place + 1}
          aria-valuetext={points[place]?.text ?? 'no point chosen'}
          onKeyDown={walk}
          onBlur={() => look(-1, false)}
        >
          <div ref={host} aria-hidden="true" />
        </div>
      )}
      <figcaption id={`${id}-caption`} class="caption">
        {caption}
      </figcaption>
      {place >= 0 && points[place] && <p class="fit-reading">{points[place]?.text}</p>}
    </figure>
  )
}

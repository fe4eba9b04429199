import { useRef } from 'preact/hooks'
import type { PanelExports } from '../../export/panel-exports.ts'
import { saveFile } from '../../export/save-file.ts'
import type { Dashboard } from '../../state/dashboard.ts'

interface ExportMenuProps {
  readonly dashboard: Dashboard
  readonly exports: PanelExports
}

/** Saves what is on the screen: all curves as CSV, each panel as SVG. */
export function ExportMenu({ dashboard, exports }: ExportMenuProps) {
  const menu = useRef<HTMLDivElement>(null)
  const { id } = dashboard.opened.value
  const panels = dashboard.panels.value

  const saveCsv = async (): Promise<void> => {
    const course = dashboard.settled.peek()
    if (!course) return
    const { tableToCsv } = await import('@cartkin/tables')
    saveFile(`${id}.csv`, 'text/csv', tableToCsv(course.table))
    menu.current?.hidePopover()
  }
  const saveSvg = async (title: string): Promise<void> => {
    const svg = await exports.svg(title)
    if (svg === null) return
    saveFile(`${id}-${title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.svg`, 'image/svg+xml', svg)
    menu.current?.hidePopover()
  }
  const place = (event: { readonly newState: string; readonly currentTarget: HTMLElement }): void => {
    const anchor = document.getElementById('export-button')?.getBoundingClientRect()
    if (event.newState !== 'open' || !anchor) return
    event.currentTarget.style.top = `${anchor.bottom + 4}px`
    event.currentTarget.style.left = `${Math.max(8, Math.min(anchor.left, innerWidth - event.currentTarget.offsetWidth - 8))}px`
  }

  return (
    <>
      <button type="button" id="export-button" class="button" popovertarget="export-menu">
        Export
      </button>
      <div ref={menu} id="export-menu" class="menu" popover="auto" onToggle={place}>
        <button type="button" onClick={() => void saveCsv()}>
          All curves <span class="muted">CSV</span>
        </button>
        {panels.map(({ title }) => (
          <button type="button" key={title} onClick={() => void saveSvg(title)}>
            {title} <span class="muted">SVG</span>
          </button>
        ))}
      </div>
    </>
  )
}

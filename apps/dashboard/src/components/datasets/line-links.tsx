import type { DataSession } from '../../state/data-session.ts'

/** Most rows that are linked one by one. */
const most = 4

/** Links to rows of the file, which the preview then shows. */
export function LineLinks({ data, lines }: { readonly data: DataSession; readonly lines: readonly number[] }) {
  if (lines.length === 0) return null
  return (
    <span class="line-links">
      {lines.slice(0, most).map((line) => (
        <button key={line} type="button" class="link-button" onClick={() => data.showLine(line)}>
          Row {line}
        </button>
      ))}
      {lines.length > most && <span class="muted">and {lines.length - most} more</span>}
    </span>
  )
}

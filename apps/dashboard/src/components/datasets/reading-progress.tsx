import { useEffect, useState } from 'preact/hooks'

interface ReadingProgressProps {
  readonly busy: { readonly name: string; readonly rows: number }
  readonly cancel: () => void
}

/** How far a file has been read; shown once it takes longer than a blink. */
export function ReadingProgress({ busy, cancel }: ReadingProgressProps) {
  const [isLong, setLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), 300)
    return () => clearTimeout(timer)
  }, [])
  if (!isLong) return null
  return (
    <div class="card data-reading" role="status">
      <p>
        Reading {busy.name}: {busy.rows > 0 ? `${busy.rows.toLocaleString('en')} rows` : 'starting'} …
      </p>
      <progress aria-label="Reading the file" />
      <div class="row">
        <button type="button" class="button small stop" onClick={cancel}>
          Cancel
        </button>
      </div>
    </div>
  )
}

import type { CurveStyle } from '../../plot/panel-series.ts'

/** A piece of a curve as it is drawn, for legends and chips. */
export function LineSample({ colour, dash, width }: CurveStyle & { readonly width: number }) {
  return (
    <svg class="swatch" viewBox="0 0 28 8" aria-hidden="true">
      <line x1="0" x2="28" y1="4" y2="4" stroke={colour} stroke-width={width} stroke-dasharray={dash.join(' ')} />
    </svg>
  )
}

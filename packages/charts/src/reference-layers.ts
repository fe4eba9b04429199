import type { Layer } from './observation-layers.ts'
import { ink } from './palette.ts'
import type { DoseRow } from './rows.ts'

/** Doses nearer to each other than this part of the time axis share a label. */
const LABEL_GAP = 0.14
const LABELS_NAMED = 3

interface LabelledDose extends DoseRow {
  /** Label of the group that ends with this dose; empty for all others. */
  readonly text: string
}

function groupLabel(group: readonly DoseRow[]): string {
  const labels = [...new Set(group.map(({ label }) => label))]
  return labels.length > LABELS_NAMED ? `${labels[0]}, …, ${labels.at(-1)}` : labels.join(', ')
}

function labelGroups(doses: readonly DoseRow[], gap: number): readonly LabelledDose[] {
  const labelled: LabelledDose[] = []
  let group: DoseRow[] = []
  for (const [i, dose] of doses.entries()) {
    group.push(dose)
    const next = doses[i + 1]
    const last = next === undefined || next.time - dose.time >= gap
    labelled.push({ ...dose, text: last ? groupLabel(group) : '' })
    if (last) group = []
  }
  return labelled
}

/** Dashed lines at the times of doses with a mark at the foot; one label per group of near doses, tooltips on each. */
export function doseLayers(doses: readonly DoseRow[], [lo, hi]: readonly [number, number]): readonly Layer[] {
  const shown = doses.filter(({ time }) => time >= lo && time <= hi).toSorted((a, b) => a.time - b.time)
  if (shown.length === 0) return []
  const values = [...labelGroups(shown, LABEL_GAP * (hi - lo))]
  const data = { name: 'doses', values }
  const x = { field: 'time', type: 'quantitative' } as const
  const tooltip = [
    { field: 'label', title: 'Dose', type: 'nominal' },
    { field: 'time', title: 'Time', type: 'quantitative' },
  ] as const
  return [
    {
      data,
      mark: { type: 'rule', color: ink.line, strokeDash: [2, 3], strokeWidth: 1 },
      encoding: { x, tooltip: [...tooltip] },
    },
    {
      data,
      mark: { type: 'point', shape: 'triangle-up', filled: true, color: ink.muted, size: 46, opacity: 1 },
      encoding: { x, y: { value: 'height' }, tooltip: [...tooltip] },
    },
    {
      data,
      mark: { type: 'text', align: 'left', baseline: 'bottom', dx: -2, color: ink.muted },
      encoding: { x, y: { value: -5 }, text: { field: 'text', type: 'nominal' } },
    },
  ]
}

/** A dashed line at the lower limit of quantification, labelled at its right end. */
export function quantificationLayers(value: number, label: string, right: number): readonly Layer[] {
  const data = { values: [{ value, right, label }] }
  const y = { field: 'value', type: 'quantitative' } as const
  return [
    { data, mark: { type: 'rule', color: ink.muted, strokeDash: [5, 4], strokeWidth: 1 }, encoding: { y } },
    {
      data,
      mark: { type: 'text', align: 'right', baseline: 'bottom', dx: -4, dy: -3, color: ink.muted },
      encoding: { x: { field: 'right', type: 'quantitative' }, y, text: { field: 'label', type: 'nominal' } },
    },
  ]
}

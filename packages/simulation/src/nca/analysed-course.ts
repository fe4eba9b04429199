import type { CellularKinetics } from './cellular-kinetics.ts'
import type { Figure } from './figure.ts'
import type { NcaResult } from './nca.ts'

/** A point that a line was drawn through. */
export interface UsedPoint {
  readonly phase: 'terminal' | 'expansion' | 'contraction' | 'persistence'
  /** Since the dose. */
  readonly time: number
  readonly value: number
}

/** The figures of one course of one subject, and the points that its lines go through. */
export interface AnalysedCourse {
  readonly id: string
  readonly quantity: string
  readonly figures: readonly Figure[]
  readonly used: readonly UsedPoint[]
}

/** The figures of an analysis in the order of their tables, partial areas last. */
export function drugFigures({ figures, steadyState, partial }: NcaResult): readonly Figure[] {
  return [...Object.values(figures), ...Object.values(steadyState ?? {}), ...partial]
}

/** The points of the terminal line. */
export function drugPoints({ terminal }: NcaResult): readonly UsedPoint[] {
  return terminal.found ? terminal.line.points.map(({ time, value }) => ({ phase: 'terminal', time, value })) : []
}

/** The points of expansion, contraction and persistence. */
export function cellPoints({ expansion, decline }: CellularKinetics): readonly UsedPoint[] {
  return [
    ...(expansion.found
      ? expansion.line.points.map(({ time, value }): UsedPoint => ({ phase: 'expansion', time, value }))
      : []),
    ...(decline?.fast.points ?? []).map(({ time, value }): UsedPoint => ({ phase: 'contraction', time, value })),
    ...(decline?.slow?.points ?? []).map(({ time, value }): UsedPoint => ({ phase: 'persistence', time, value })),
  ]
}

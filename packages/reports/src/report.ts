import type { MathElement } from './math-element.ts'
import type { Svg } from './render-svg.ts'

/** How far a value can be trusted; the tags of the model library. */
export type Trust = 'found' | 'found-secondary' | 'memory' | 'derived' | 'assumption' | 'fitted'

/**
 * A cell of a table: a text, or one with a tag or a tone (which never says what the text does not) and a smaller line below it, or a
 * small picture.
 */
export type ReportCell =
  | string
  | {
      readonly text: string
      readonly trust?: Trust
      readonly tone?: 'ok' | 'warning' | 'error' | 'muted' | 'code'
      /** May have several lines. */
      readonly detail?: string
    }
  /** From `renderSvg`, which names the picture for those who cannot see it. */
  | { readonly picture: Svg }
  /** A page beside this one, by its plain file name. */
  | { readonly text: string; readonly page: string }

export interface ReportColumn {
  readonly header: string
  readonly unit?: string
  /** 'number' aligns right with figures of equal width; defaults to 'text'. */
  readonly kind?: 'text' | 'number'
}

/** A table; the first cell of each row heads it. */
export interface ReportTable {
  readonly kind: 'table'
  readonly caption: string
  readonly columns: readonly ReportColumn[]
  readonly rows: readonly (readonly ReportCell[])[]
  readonly notes?: readonly string[]
}

export interface ReportFigure {
  readonly kind: 'figure'
  /** From `renderSvg`. */
  readonly svg: Svg
  readonly caption: string
}

/** Equations, aligned at their signs. */
export interface ReportEquations {
  readonly kind: 'equations'
  readonly caption: string
  readonly rows: readonly {
    readonly left: MathElement
    /** From the sign on. */
    readonly lines: readonly MathElement[]
    /** What it is about; may be empty. */
    readonly note: string
  }[]
}

export type ReportBlock =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | ReportEquations
  /** A text to be copied, behind a summary that opens it. */
  | { readonly kind: 'source'; readonly summary: string; readonly text: string }
  /** Blocks behind a summary that opens them. */
  | { readonly kind: 'folded'; readonly summary: string; readonly blocks: readonly ReportBlock[] }
  /** A paragraph set off: a condition, a warning, a licence. */
  | { readonly kind: 'note'; readonly tone: 'plain' | 'warning'; readonly text: string }
  | ReportTable
  | ReportFigure
  /** Small figures side by side. */
  | { readonly kind: 'figures'; readonly figures: readonly ReportFigure[] }

export interface ReportSection {
  readonly heading: string
  readonly blocks: readonly ReportBlock[]
}

export interface Report {
  readonly title: string
  readonly subtitle?: string
  /** The page that this one belongs to, beside it. */
  readonly up?: { readonly text: string; readonly page: string }
  /** The findings in a few numbers, above the sections. */
  readonly highlights?: readonly { readonly label: string; readonly value: string; readonly detail?: string }[]
  readonly sections: readonly ReportSection[]
  /** Last line: what made the report. */
  readonly footer?: string
}

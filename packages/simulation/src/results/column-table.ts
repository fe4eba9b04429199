/** One column of numbers or texts. */
export type Column =
  | { readonly kind: 'number'; readonly name: string; readonly unit: string; readonly values: Float64Array }
  | { readonly kind: 'text'; readonly name: string; readonly values: readonly string[] }

/** A table by columns, all of one length; what Arrow files, CSV files and charts are made from. */
export interface ColumnTable {
  readonly columns: readonly Column[]
}

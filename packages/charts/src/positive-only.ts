/**
 * The rows that can stand on a logarithmic axis, and how many cannot: those whose value is zero, negative or no number.
 * Say so beside the chart ("3 values are zero or below and cannot be shown on a log axis").
 *
 * @param value what is drawn of a row; defaults to its `value`.
 */
export function positiveOnly<Row extends { readonly value: number }>(
  rows: readonly Row[],
): { readonly kept: readonly Row[]; readonly dropped: number }
export function positiveOnly<Row>(
  rows: readonly Row[],
  value: (row: Row) => number,
): { readonly kept: readonly Row[]; readonly dropped: number }
export function positiveOnly<Row extends { readonly value?: number }>(
  rows: readonly Row[],
  value: (row: Row) => number = (row) => row.value ?? Number.NaN,
): { readonly kept: readonly Row[]; readonly dropped: number } {
  const kept = rows.filter((row) => value(row) > 0)
  return { kept, dropped: rows.length - kept.length }
}

/** @throws RangeError when an axis is logarithmic and some of what it is to show is not above zero. */
export function checkPositive(chart: string, scale: 'linear' | 'log', values: readonly number[]): void {
  if (scale === 'linear') return
  const wrong = values.filter((value) => value <= 0).length
  if (wrong > 0)
    throw new RangeError(
      `${chart}: ${wrong} of ${values.length} values are zero or below and cannot stand on a log axis; pass the rows through positiveOnly first`,
    )
}

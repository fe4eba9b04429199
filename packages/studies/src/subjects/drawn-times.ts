/** Times at which a course is drawn: so many evenly over all of it, and as many evenly between observations. */
const count = 160

/**
 * Times at which a course is drawn beside observations, from the start on, or the first of them if earlier: evenly to the last of them, and in even
 * steps between each two, so that an early peak of a long course has its shape. Ascending, each once.
 */
export function drawnTimes(observed: readonly number[]): Float64Array {
  const first = Math.min(0, ...observed)
  const last = Math.max(first + 1, ...observed)
  const ends = [...new Set([first, ...observed, last])].toSorted((a, b) => a - b)
  const steps = Math.ceil(count / (ends.length - 1))
  const between = ends.flatMap((end, k) => {
    const next = ends[k + 1]
    return next === undefined ? [end] : evenly(end, next, steps)
  })
  return Float64Array.from(new Set([...between, ...evenly(first, last, count)])).sort()
}

function evenly(from: number, to: number, steps: number): readonly number[] {
  return Array.from({ length: steps }, (_, step) => from + ((to - from) * step) / steps)
}

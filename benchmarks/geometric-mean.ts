import { barOf } from './bars.ts'
import type { Row } from './row.ts'

/** One row for each target: the geometric mean of the measured ratios to a rival; none where one is missing. */
export function geometricMeans(rows: readonly Row[], problems: readonly string[], rival: string): readonly Row[] {
  const counted = rows.filter((row) => row.rival === rival && problems.includes(row.problem))
  return [...new Set(counted.map(({ target }) => target))].flatMap((target): Row[] => {
    const ratios = counted.filter((row) => row.target === target && row.state === 'measured').map(({ ratio }) => ratio)
    const [first] = counted
    if (first === undefined || ratios.length < problems.length) return []
    const ratio = Math.exp(ratios.reduce((sum, each) => sum + Math.log(each), 0) / ratios.length)
    const problem = `mean of ${problems.length}`
    return [
      {
        ...first,
        ...{ problem, method: 'best', target, ratio, ours: 1, theirs: ratio, unit: '' },
        ...{ achievedError: Number.NaN, rivalError: Number.NaN, state: 'measured' },
        ...barOf(first.question, problem, rival, target),
      },
    ]
  })
}

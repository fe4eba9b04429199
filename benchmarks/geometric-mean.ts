import { barOf } from './bars.ts'
import type { Row } from './row.ts'

/** One row for each target: the geometric mean of the measured ratios to a rival; none where one is missing. */
export function geometricMeans(rows: readonly Row[], problems: readonly string[], rival: string): readonly Row[] {
  const counted = rows.filter((row) => row.rival === rival && problems.includes(row.problem))
  return [...new Set(counted.map(({ target }) => target))].flatMap((target): Row[] => {
    const measured = counted.filter((row) => row.target === target && row.state === 'measured')
    const [first] = measured
    if (first === undefined || measured.length < problems.length) return []
    const ratio = geometricMean(measured.map((row) => row.ratio))
    const problem = `mean of ${problems.length}`
    return [
      {
        ...first,
        ...{ problem, method: 'best', ratio, ours: 1, theirs: ratio, unit: '' },
        ...{ achievedError: Number.NaN, rivalError: Number.NaN, work: { ours: null, theirs: null } },
        auto: geometricMean(measured.map(({ auto = Number.NaN }) => auto)),
        ...barOf(first.question, problem, rival, target),
      },
    ]
  })
}

function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, each) => sum + Math.log(each), 0) / values.length)
}

import type { SteeredIteration } from '@cartkin/fitting'

const width = 280
const height = 84
const inset = 6

/** The objective against the iteration: its distance to the best so far on a log axis, each try a dot, the best of each search a line. */
export function ObjectiveTrace({ searches }: { readonly searches: readonly (readonly SteeredIteration[])[] }) {
  const found = searches.map((iterations) =>
    iterations.filter(({ objective, best }) => Number.isFinite(objective) && Number.isFinite(best)),
  )
  const all = found.flat()
  const lowest = all.reduce((least, { best }) => Math.min(least, best), Infinity)
  const floor = Math.max(Math.abs(lowest) * 1e-9, 1e-12)
  const distance = (value: number): number => Math.log10(value - lowest + floor)
  const high = all.reduce((most, { objective }) => Math.max(most, distance(objective)), -Infinity)
  const low = Math.max(high - 7, Math.log10(floor))
  const longest = Math.max(2, ...found.map((iterations) => iterations.length))
  const x = (k: number): string => (inset + (k / (longest - 1)) * (width - 2 * inset)).toFixed(1)
  const y = (value: number): string => {
    const part = high > low ? (Math.max(distance(value), low) - low) / (high - low) : 0.5
    return (height - inset - part * (height - 2 * inset)).toFixed(1)
  }
  const last = all.at(-1)
  const summary = last
    ? `Objective by iteration, ${lowest.toPrecision(5)} at best after ${longestOf(found)} iterations`
    : 'Objective by iteration'
  return (
    <figure class="trace-figure">
      <svg class="trace" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={summary} data-points={all.length}>
        <line class="trace-axis" x1={inset} x2={width - inset} y1={height - 1} y2={height - 1} />
        {found.map((iterations, s) => (
          // A search's place is its identity.
          <g key={s}>
            {iterations.length > 1 && (
              <path class="trace-line" d={`M${iterations.map(({ best }, k) => `${x(k)} ${y(best)}`).join('L')}`} />
            )}
            {iterations.map(({ objective }, k) => (
              <circle key={k} class="trace-dot" cx={x(k)} cy={y(objective)} r="2" />
            ))}
          </g>
        ))}
      </svg>
      <figcaption class="caption">Objective above its best, log scale, by iteration</figcaption>
    </figure>
  )
}

function longestOf(searches: readonly (readonly SteeredIteration[])[]): number {
  return Math.max(0, ...searches.map((iterations) => iterations.at(-1)?.iteration ?? 0))
}

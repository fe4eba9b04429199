import type { FitIteration } from '@cartkin/fitting'

const width = 240
const height = 72
const inset = 4

/** The objective against the iteration: its distance to the best so far on a log axis, each try a dot, the best a line. */
export function ObjectiveTrace({ iterations }: { readonly iterations: readonly FitIteration[] }) {
  const finite = iterations.filter(({ objective, best }) => Number.isFinite(objective) && Number.isFinite(best))
  const lowest = finite.reduce((least, { best }) => Math.min(least, best), Infinity)
  const floor = Math.max(Math.abs(lowest) * 1e-9, 1e-12)
  const logs = finite.map(({ objective, best }) => ({
    tried: Math.log10(objective - lowest + floor),
    best: Math.log10(best - lowest + floor),
  }))
  const high = logs.reduce((most, { tried }) => Math.max(most, tried), -Infinity)
  const low = Math.max(high - 7, Math.log10(floor))
  const x = (k: number): number => inset + (k / Math.max(1, logs.length - 1)) * (width - 2 * inset)
  const y = (value: number): number => {
    const part = high > low ? (Math.max(value, low) - low) / (high - low) : 0.5
    return height - inset - part * (height - 2 * inset)
  }
  const last = finite.at(-1)
  const summary = last
    ? `Objective by iteration, now ${last.best.toPrecision(5)} after ${last.iteration} iterations`
    : 'Objective by iteration'
  return (
    <svg class="trace" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={summary} data-points={logs.length}>
      <line class="trace-axis" x1={inset} x2={width - inset} y1={height - 1} y2={height - 1} />
      {logs.length > 1 && (
        <path
          class="trace-line"
          d={`M${logs.map(({ best }, k) => `${x(k).toFixed(1)} ${y(best).toFixed(1)}`).join('L')}`}
        />
      )}
      {logs.map(({ tried }, k) => (
        // The iteration's place is its identity.
        <circle key={k} class="trace-dot" cx={x(k)} cy={y(tried)} r="2" />
      ))}
    </svg>
  )
}

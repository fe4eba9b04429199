import type { ExploredGroup, ExploredKind } from '../../datasets/explore.ts'
import { groupPlot, plotAxes, plotHeight, plotWidth } from '../../datasets/group-plot.ts'
import { timeHeading, timeText } from '../../state/time-units.ts'
import { formatNumber } from '../controls/format-number.ts'

interface GroupPlotsProps {
  readonly kind: ExploredKind
  readonly scale: 'linear' | 'log'
  readonly timeUnit: string
}

const room = { left: 52, right: 8, top: 6, bottom: 22 }

/** A small plot per group, all on the same axes: each subject's values joined by a thin line, the median of the group thick. */
export function GroupPlots({ kind, scale, timeUnit }: GroupPlotsProps) {
  const axes = plotAxes(kind, scale)
  return (
    <div class="group-plots">
      {kind.groups.map((group) => {
        const { lines, points, below, median } = groupPlot(group, axes)
        const values = group.subjects.reduce((sum, own) => sum + own.length, 0)
        const limited = group.subjects.reduce((sum, own) => sum + own.filter((point) => point.below).length, 0)
        const caption = `${group.subjects.length} ${group.subjects.length === 1 ? 'subject' : 'subjects'}, ${values} values${limited > 0 ? `, ${limited} below LLOQ` : ''}`
        return (
          <figure key={group.name} data-group={group.name}>
            <figcaption>
              <strong>{group.name}</strong> <span class="muted">{caption}</span>
            </figcaption>
            <svg
              viewBox={`${-room.left} ${-room.top} ${plotWidth + room.left + room.right} ${plotHeight + room.top + room.bottom}`}
              role="img"
              aria-label={`${group.name}: ${caption}${medianText(group, timeUnit)}`}
            >
              {axes.valueTicks.map(({ at, value }) => (
                <g key={value}>
                  <line class="plot-grid" x1="0" x2={plotWidth} y1={at} y2={at} />
                  <text x="-6" y={at + 3.5} text-anchor="end">
                    {formatNumber(value)}
                  </text>
                </g>
              ))}
              {axes.timeTicks.map(({ at, value }) => (
                <text key={value} x={at} y={plotHeight + 14} text-anchor="middle">
                  {formatNumber(value)}
                </text>
              ))}
              <line class="plot-axis" x1="0" x2={plotWidth} y1={plotHeight} y2={plotHeight} />
              <path class="plot-lines" d={lines} />
              <path class="plot-points" d={points} />
              {axes.limit !== null && <line class="plot-limit" x1="0" x2={plotWidth} y1={axes.limit} y2={axes.limit} />}
              <path class="plot-below" d={below} />
              <path class="plot-median" d={median} />
            </svg>
          </figure>
        )
      })}
      <p class="caption plot-key">
        {timeHeading(timeUnit)} across. Thin lines: subjects. Thick line: median, broken where it is below
        quantification. Triangles: below LLOQ
        {kind.lloq === undefined ? '' : `, the dashed line at ${formatNumber(kind.lloq)}`}.
        {axes.hidden > 0 &&
          ` ${axes.hidden} ${axes.hidden === 1 ? 'value is' : 'values are'} zero or below and cannot be shown on a log axis.`}
      </p>
    </div>
  )
}

/** Where the median is highest and how it ends, for who cannot see it; empty where it is never above the limit. */
function medianText({ summaries }: ExploredGroup, timeUnit: string): string {
  const known = summaries.filter(({ p50 }) => Number.isFinite(p50))
  const last = known.at(-1)
  if (!last) return ''
  const peak = known.reduce((best, summary) => (summary.p50 > best.p50 ? summary : best))
  const at = (time: number): string => timeText(timeUnit, formatNumber(time))
  return `; median highest ${formatNumber(peak.p50)} at ${at(peak.time)}, last ${formatNumber(last.p50)} at ${at(last.time)}`
}

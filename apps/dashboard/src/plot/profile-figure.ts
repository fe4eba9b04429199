import type { ParameterProfile } from '@cartkin/fitting'
import { type DiagnosticFigure, figureDomain } from './diagnostic-figure.ts'

/** How far the objective rises over a parameter, with the limit that ends its interval. */
export function profileFigure(
  profile: ParameterProfile,
  { title, number }: { readonly title: string; readonly number: (value: number) => string },
): DiagnosticFigure {
  const { name, estimate, limit, level, lower, upper, lowerEnd, upperEnd, shape, points } = profile
  const rises = points.map(({ value, increase }) => ({ x: value, y: increase * limit }))
  const values = rises.map(({ x }) => x)
  const scale = Math.min(...values) > 0 && Math.max(...values) > 20 * Math.min(...values) ? 'log' : 'linear'
  const x = figureDomain(scale, values)
  const y = {
    low: 0,
    high: Math.max(1.6 * limit, Math.min(3 * limit, ...[Math.max(...rises.map(({ y: rise }) => rise))])),
  }
  const share = `${Number((100 * level).toFixed(1))} %`
  const end = (side: 'lower' | 'upper'): string => {
    const found = side === 'lower' ? lowerEnd : upperEnd
    if (found.kind === 'closed') return number(side === 'lower' ? lower : upper)
    if (found.kind === 'bound') return `its bound ${number(found.value)}`
    if (found.kind === 'open') return `open beyond ${number(found.value)}`
    return found.kind === 'failed' ? `not found: ${found.reason}` : 'not followed: a better point was found'
  }
  return {
    id: `profile-${name}`,
    title,
    caption: `${share} interval ${end('lower')} to ${end('upper')}${shape ? `; ${shape}` : ''}. The dashed line is the limit, ${number(limit)} above the fit.`,
    x: { title: name, scale, domain: x },
    y: { title: 'Rise of the objective', scale: 'linear', domain: y },
    points: rises.map(({ x: value, y: rise }) => ({
      x: value,
      y: rise,
      subject: '',
      text: `${name} ${number(value)}: ${number(rise)} above the fit`,
    })),
    lines: [{ series: name, tone: 'outer', dashed: false, points: rises }],
    boxes: [],
    rules: [
      { x: x.low, x2: x.high, y: limit, y2: limit, dashed: true },
      { x: estimate, x2: estimate, y: 0, y2: y.high, dashed: false },
    ],
    table: { header: [name, 'Rise of the objective'], rows: rises.map((row) => [number(row.x), number(row.y)]) },
  }
}

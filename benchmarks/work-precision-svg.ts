import type { WorkPrecisionCurve } from './work-precision.ts'

const WIDTH = 640
const HEIGHT = 440
const LEFT = 64
const RIGHT = 130
const TOP = 36
const BOTTOM = 48
/** Okabe and Ito's palette, told apart by colour-blind readers, too. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#000000', '#999999']

/** A work-precision diagram: achieved error to the right ever smaller, time upwards, both logarithmic. */
export function workPrecisionSvg(title: string, curves: readonly WorkPrecisionCurve[]): string {
  const drawn = curves.filter(({ points }) => points.length > 0)
  const points = drawn.flatMap((curve) => curve.points)
  const errors = decades(points.map(({ error }) => error))
  const times = decades(points.map(({ time }) => time))
  const x = (error: number) => LEFT + ((errors.high - Math.log10(error)) / (errors.high - errors.low)) * plotWidth
  const y = (time: number) => HEIGHT - BOTTOM - ((Math.log10(time) - times.low) / (times.high - times.low)) * plotHeight
  const shapes: string[] = [
    `<text x="${LEFT}" y="22" font-size="15">${title}</text>`,
    `<text x="${LEFT + plotWidth / 2}" y="${HEIGHT - 10}" text-anchor="middle">achieved error</text>`,
    `<text x="16" y="${TOP + plotHeight / 2}" text-anchor="middle" transform="rotate(-90 16 ${TOP + plotHeight / 2})">CPU time of one solve, µs</text>`,
  ]
  for (let k = errors.low; k <= errors.high; k++) {
    const at = x(10 ** k).toFixed(1)
    shapes.push(`<path d="M${at} ${TOP}V${HEIGHT - BOTTOM}" stroke="#ddd"/>`)
    shapes.push(`<text x="${at}" y="${HEIGHT - BOTTOM + 16}" text-anchor="middle">1e${k}</text>`)
  }
  for (let k = times.low; k <= times.high; k++) {
    const at = y(10 ** k).toFixed(1)
    shapes.push(`<path d="M${LEFT} ${at}H${WIDTH - RIGHT}" stroke="#ddd"/>`)
    shapes.push(`<text x="${LEFT - 6}" y="${Number(at) + 4}" text-anchor="end">1e${k}</text>`)
  }
  for (const [k, { name, points: curve }] of drawn.entries()) {
    const colour = COLOURS[k % COLOURS.length]
    const places = curve.map(({ error, time }) => `${x(error).toFixed(1)},${y(time).toFixed(1)}`)
    shapes.push(`<polyline points="${places.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>`)
    shapes.push(...places.map((place) => `<circle cx="${place.replace(',', '" cy="')}" r="2.5" fill="${colour}"/>`))
    shapes.push(`<text x="${WIDTH - RIGHT + 12}" y="${TOP + 14 + 18 * k}" fill="${colour}">${name}</text>`)
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="11" role="img" aria-label="${title}">`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    ...shapes,
    '</svg>\n',
  ].join('\n')
}

const plotWidth = WIDTH - LEFT - RIGHT
const plotHeight = HEIGHT - TOP - BOTTOM

/** Whole decades around the values. */
function decades(values: readonly number[]): { readonly low: number; readonly high: number } {
  const logs = values.map(Math.log10)
  const low = Math.floor(Math.min(...logs))
  return { low, high: Math.max(low + 1, Math.ceil(Math.max(...logs))) }
}

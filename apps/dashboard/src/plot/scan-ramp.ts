/**
 * Viridis at equal distances: lightness rises from end to end, also for those who do not tell red from green (S. van der Walt
 * and N. Smith, matplotlib 2.0).
 */
const viridis = [
  '#440154',
  '#472d7b',
  '#3b528b',
  '#2c728e',
  '#21918c',
  '#28ae80',
  '#5ec962',
  '#addc30',
  '#fde725',
] as const

/** Parts of it that keep 3:1 on a white ground and on a dark one; the highest value stands out most from its ground. */
const onLight = { from: 0.5, to: 0 }
const onDark = { from: 0.375, to: 1 }

/** Colours of a family of curves, from the lowest value to the highest. */
export function scanColours(count: number, ground: string): readonly string[] {
  const { from, to } = lightness(ground) > 0.5 ? onLight : onDark
  return Array.from({ length: count }, (_, k) => colourAt(count > 1 ? from + ((to - from) * k) / (count - 1) : to))
}

function colourAt(part: number): string {
  const place = part * (viridis.length - 1)
  const below = Math.min(viridis.length - 2, Math.floor(place))
  const low = channels(viridis[below] ?? viridis[0])
  const high = channels(viridis[below + 1] ?? viridis[0])
  const mixed = low.map((value, k) => Math.round(value + (place - below) * ((high[k] ?? value) - value)))
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

function channels(colour: string): readonly number[] {
  // a style sheet may write #fff for #ffffff
  const digits = colour.length === 4 ? [...colour.slice(1)].map((digit) => digit + digit).join('') : colour.slice(1)
  return [0, 2, 4].map((at) => Number.parseInt(digits.slice(at, at + 2), 16))
}

function lightness(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour)
  return (0.3 * red + 0.59 * green + 0.11 * blue) / 255
}

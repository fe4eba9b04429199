import type { Svg } from './render-svg.ts'

/** Index of the `>` that ends the tag begun at `from`, past quoted values. */
function tagEnd(svg: string, from: number): number {
  let quoted = false
  for (let i = from; i < svg.length; i++) {
    if (svg[i] === '"') quoted = !quoted
    if (svg[i] === '>' && !quoted) return i
  }
  return svg.length - 1
}

/**
 * Puts a prefix before the ids within an SVG and the references to them. Every SVG numbers its clip paths from one, and in one
 * page they would be mistaken for each other.
 */
export function scopeSvgIds(svg: Svg, prefix: string): string {
  const parts: string[] = []
  let from = 0
  for (let start = svg.indexOf('<'); start >= 0; start = svg.indexOf('<', from)) {
    const end = tagEnd(svg, start) + 1
    const tag = svg.slice(start, end).replaceAll(' id="', ` id="${prefix}`).replaceAll('url(#', `url(#${prefix}`)
    parts.push(svg.slice(from, start), tag)
    from = end
  }
  return parts.join('') + svg.slice(from)
}

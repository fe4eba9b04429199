/** Index of the `>` that ends the tag begun at `from`, past quoted values. */
function tagEnd(svg: string, from: number): number {
  let quoted = false
  for (let i = from; i < svg.length; i++) {
    if (svg[i] === '"') quoted = !quoted
    if (svg[i] === '>' && !quoted) return i
  }
  return svg.length - 1
}

/** The SVG with each tag replaced, and the texts between them as they are. */
export function mapSvgTags(svg: string, replace: (tag: string) => string): string {
  const parts: string[] = []
  let from = 0
  for (let start = svg.indexOf('<'); start >= 0; start = svg.indexOf('<', from)) {
    const end = tagEnd(svg, start) + 1
    parts.push(svg.slice(from, start), replace(svg.slice(start, end)))
    from = end
  }
  return parts.join('') + svg.slice(from)
}

/** Room for the title of a figure, pixels. */
const titleHeight = 30

/** A drawing of a panel as a figure of its own: on its ground, with its title above. */
export function figureSvg(
  drawing: string,
  title: string,
  { ink, ground, size }: { readonly ink: string; readonly ground: string; readonly size: SvgSize },
): string {
  const { width, height } = size
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height + titleHeight}" viewBox="0 0 ${width} ${height + titleHeight}">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="100%" height="100%" fill="${escaped(ground)}"/>`,
    `<text x="12" y="21" font-family="system-ui, sans-serif" font-size="14" font-weight="600" fill="${escaped(ink)}">${escaped(title)}</text>`,
    `<g transform="translate(0,${titleHeight})">`,
    drawing,
    '</g></svg>',
  ].join('\n')
}

export interface SvgSize {
  readonly width: number
  readonly height: number
}

/** The size that a drawing says it has. */
export function svgSize(drawing: string): SvgSize {
  const head = drawing.slice(0, drawing.indexOf('>') + 1)
  const read = (name: string): number => Number(new RegExp(`\\s${name}="([0-9.]+)`).exec(head)?.[1] ?? Number.NaN)
  const [width, height] = [read('width'), read('height')]
  return { width: width > 0 ? width : 600, height: height > 0 ? height : 400 }
}

/** A text within markup. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

import { mapSvgTags } from './map-svg-tags.ts'

const DEFINITION = ' id="'
const REFERENCE = 'url(#'

/** The text with the name behind each mark replaced, up to the character that ends it. */
function renameBehind(text: string, mark: string, end: string, rename: (id: string) => string): string {
  const [head = '', ...pieces] = text.split(mark)
  const renamed = pieces.map((piece) => {
    const at = piece.indexOf(end)
    return mark + rename(piece.slice(0, at)) + piece.slice(at)
  })
  return head + renamed.join('')
}

/**
 * Gives the ids within an SVG new names, a prefix and a number from 1 in the order of their appearance, and the references to
 * them as well. Vega counts them through the whole process, so that without this the same chart would not give the same text,
 * and two figures of one page could take each other's clip paths.
 */
export function scopeSvgIds(svg: string, prefix: string): string {
  const names = new Map<string, string>()
  const rename = (id: string): string => {
    const name = names.get(id) ?? `${prefix}${names.size + 1}`
    names.set(id, name)
    return name
  }
  return mapSvgTags(svg, (tag) => renameBehind(renameBehind(tag, DEFINITION, '"', rename), REFERENCE, ')', rename))
}

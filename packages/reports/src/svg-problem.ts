const FORBIDDEN_TAGS: ReadonlySet<string> = new Set([
  'script',
  'foreignobject',
  'a',
  'image',
  'use',
  'iframe',
  'object',
  'embed',
  'animate',
  'set',
  'style',
  'link',
])

/** Name of an attribute or element in lower case without namespace. */
function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase()
}

function isNameCharacter(c: string | undefined): boolean {
  return c !== undefined && !' \t\r\n/>="\''.includes(c)
}

/** The problem with one attribute; null when there is none. */
function attributeProblem(name: string, value: string): string | null {
  const local = localName(name)
  if (local.startsWith('on')) return `the event handler ${name}`
  if (local === 'href' || local === 'src') return `the reference ${name}`
  const url = value.toLowerCase().indexOf('url(')
  if (url >= 0 && value[url + 4] !== '#') return `a reference to elsewhere in ${name}`
  return null
}

/** Reads the attributes of a tag that begin at `from`; gives a problem or the index behind the tag. */
function tagProblem(svg: string, from: number): string | number {
  let i = from
  for (;;) {
    while (' \t\r\n/'.includes(svg[i] ?? 'x')) i++
    if (i >= svg.length) return 'a tag that does not end'
    if (svg[i] === '>') return i + 1
    const start = i
    while (isNameCharacter(svg[i])) i++
    const name = svg.slice(start, i)
    if (svg[i] !== '=' || svg[i + 1] !== '"') return `the attribute ${name || svg[i]} without a quoted value`
    const end = svg.indexOf('"', i + 2)
    if (end < 0) return `the attribute ${name} that does not end`
    const problem = attributeProblem(name, svg.slice(i + 2, end))
    if (problem !== null) return problem
    i = end + 1
  }
}

/**
 * What in an SVG may not stand in a report: elements that run, link or embed, event handlers, references to anything outside
 * the SVG, and what is not well formed. Null when there is nothing.
 */
export function svgProblem(svg: string): string | null {
  if (!svg.startsWith('<svg') || !svg.endsWith('</svg>')) return 'it is no SVG element'
  for (let i = svg.indexOf('<'); i >= 0; i = svg.indexOf('<', i)) {
    if (svg[i + 1] === '!' || svg[i + 1] === '?') return 'it holds a declaration'
    const closing = svg[i + 1] === '/'
    let end = i + (closing ? 2 : 1)
    const start = end
    while (isNameCharacter(svg[end])) end++
    const name = svg.slice(start, end)
    if (FORBIDDEN_TAGS.has(localName(name))) return `it holds the element ${name}`
    const after = tagProblem(svg, end)
    if (typeof after === 'string') return `it holds ${after}`
    i = after
  }
  return null
}

/** An element of an XML document; names are without their prefix. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  /** Elements and text in their order. */
  readonly content: readonly (XmlElement | string)[]
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function unescaped(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16))
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal))
    const known = entities[name]
    if (known === undefined) throw new SyntaxError(`unknown entity ${whole}`)
    return known
  })
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

function attributesOf(text: string): Readonly<Record<string, string>> {
  const pairs = [...text.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)]
  return Object.fromEntries(pairs.map(([, name = '', a, b]) => [localName(name), unescaped(a ?? b ?? '')]))
}

/** Instructions, comments and declarations; CDATA; tags; text. */
const tokens =
  /<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<![^>]*>|<(\/?)([\w:.-]+)((?:[^>"']|"[^"]*"|'[^']*')*?)(\/?)>|([^<]+)/g

/** The root element of an XML document without an own document type. Throws a SyntaxError for text that is not well formed. */
export function readXml(text: string): XmlElement {
  type Open = { name: string; attributes: Readonly<Record<string, string>>; content: (XmlElement | string)[] }
  const document: Open = { name: '', attributes: {}, content: [] }
  const open: Open[] = [document]
  let read = 0
  for (const token of text.matchAll(tokens)) {
    if (token.index !== read) throw new SyntaxError(`no XML at ${JSON.stringify(text.slice(read, read + 30))}`)
    read += token[0].length
    const [, cdata, slash, tag, rest, empty, characters] = token
    const parent = open.at(-1)!
    if (cdata !== undefined) parent.content.push(cdata)
    if (characters !== undefined) parent.content.push(unescaped(characters))
    if (tag === undefined) continue
    if (slash === '/') {
      if (open.length === 1 || parent.name !== localName(tag)) throw new SyntaxError(`</${tag}> closes ${parent.name}`)
      open.pop()
      continue
    }
    const element: Open = { name: localName(tag), attributes: attributesOf(rest ?? ''), content: [] }
    parent.content.push(element)
    if (empty !== '/') open.push(element)
  }
  if (read !== text.length || open.length !== 1) throw new SyntaxError(`the text ends within ${open.at(-1)!.name}`)
  const roots = elements(document)
  if (roots.length !== 1) throw new SyntaxError(`one root is needed, there are ${roots.length}`)
  return roots[0]!
}

/** The elements within an element, or those of that name. */
export function elements({ content }: XmlElement, name?: string): readonly XmlElement[] {
  return content.filter((part) => typeof part !== 'string').filter((part) => name === undefined || part.name === name)
}

/** The only element of that name within an element, if there is one. */
export function child(parent: XmlElement, name: string): XmlElement | undefined {
  const found = elements(parent, name)
  if (found.length > 1) throw new SyntaxError(`${parent.name} has ${found.length} elements ${name}`)
  return found[0]
}

/** The text directly within an element, without blanks at its ends. */
export const textOf = ({ content }: XmlElement): string =>
  content
    .filter((part) => typeof part === 'string')
    .join('')
    .trim()

const VOID: ReadonlySet<string> = new Set(['meta', 'br', 'hr', 'img', 'input', 'link'])

/** What is wrong with the nesting of a page's tags; empty where every element is closed in its turn. */
export function unbalancedTags(html: string): readonly string[] {
  const open: string[] = []
  const wrong: string[] = []
  for (const [tag, closing, name = '', rest = ''] of html
    .replace('<!doctype html>', '')
    .matchAll(/<(\/?)([a-zA-Z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*\s*\/?)>|<(?![a-zA-Z/])|<[^>]*$/g)) {
    if (name === '') wrong.push(`stray ${tag}`)
    else if (closing === '/') {
      const last = open.pop()
      if (last !== name) wrong.push(`</${name}> closes <${last ?? 'nothing'}>`)
    } else if (!rest.endsWith('/') && !VOID.has(name)) open.push(name)
  }
  return [...wrong, ...open.map((name) => `<${name}> is left open`)]
}

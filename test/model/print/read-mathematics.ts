import type { MathNode } from '@cartkin/model'

const words: ReadonlyMap<string, string> = new Map([
  ['·', '*'],
  ['mod', '%%'],
  ['≤', '<='],
  ['≥', '>='],
  ['=', '=='],
  ['≠', '!='],
  ['∧', '&'],
  ['∨', '|'],
  ['¬', '!'],
  ['\u2061', ''],
  ['ln', 'log'],
  ['arctan', 'atan'],
])

/** Names of fences by the sign that opens them. */
const fences: ReadonlyMap<string, string> = new Map([
  ['|', 'abs'],
  ['⌊', 'floor'],
  ['⌈', 'ceil'],
])

/**
 * What a reader of a page takes mathematics to mean, as an expression of the model language: fractions, powers and roots
 * hold together, everything else stands side by side with the brackets that are seen.
 */
export function readMathematics(node: MathNode): string {
  // a blank before a sign keeps `a < -b` from becoming R's arrow
  if ('text' in node) return node.text === '−' ? ' -' : (words.get(node.text) ?? node.text)
  const parts = node.children
  const [first, second] = parts
  switch (node.tag) {
    case 'mfrac':
      return `((${read(first)})/(${read(second)}))`
    case 'msup':
      // a power belongs to the one sign before it
      return `(${read(first)})^(${read(second)})`
    case 'msub':
      return `${read(first)}_${read(second)}`
    case 'msqrt':
      return `sqrt(${parts.map(readMathematics).join('')})`
    case 'mtable':
      return cases(node)
    case 'mrow': {
      const opening = first !== undefined && 'text' in first ? fences.get(first.text) : undefined
      if (opening !== undefined) return `${opening}(${parts.slice(1, -1).map(readMathematics).join('')})`
      if (first !== undefined && 'text' in first && first.text === '{') return read(second)
      return parts.map(readMathematics).join('')
    }
    case 'mtr':
    case 'mtd':
      return parts.map(readMathematics).join('')
  }
}

function read(node: MathNode | undefined): string {
  return node === undefined ? '' : readMathematics(node)
}

/** Nested choices of a table of values with their conditions. */
function cases(table: MathNode): string {
  const rows = 'children' in table ? table.children : []
  return rows.toReversed().reduce((rest, row) => {
    const [value, condition] = 'children' in row ? row.children : []
    const told = read(condition)
    return told === 'otherwise' ? read(value) : `ifelse(${told.replace('if\u00a0', '')}, ${read(value)}, ${rest})`
  }, '')
}

/** What in a tree is no MathML: elements with the wrong number of parts. */
export function shapeFault(node: MathNode): string | undefined {
  if ('text' in node) return node.text === '' ? `an empty ${node.tag}` : undefined
  const { tag, children } = node
  const wanted = tag === 'mfrac' || tag === 'msup' || tag === 'msub' ? 2 : undefined
  if (wanted !== undefined && children.length !== wanted) return `${tag} with ${children.length} parts`
  const inner = tag === 'mtable' ? 'mtr' : tag === 'mtr' ? 'mtd' : undefined
  if (inner !== undefined && children.some((child) => child.tag !== inner))
    return `${tag} with another part than ${inner}`
  return children.map(shapeFault).find((fault) => fault !== undefined)
}

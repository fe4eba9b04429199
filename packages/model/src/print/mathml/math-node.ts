/** Elements of MathML that hold text. */
export type MathLeaf = 'mi' | 'mn' | 'mo' | 'mtext'
/** Elements of MathML that hold elements. */
export type MathBranch = 'mrow' | 'mfrac' | 'msup' | 'msub' | 'msqrt' | 'mtable' | 'mtr' | 'mtd'

/**
 * Mathematics as a tree of MathML elements, to be made into markup or into nodes of a page by whoever shows it; texts are
 * not escaped. `flat`: a bracket around one line, not to be stretched; `cases`: a table of values with their conditions, to be
 * aligned left; `column`: a vector or matrix.
 */
export type MathNode =
  | { readonly tag: MathLeaf; readonly text: string; readonly flat?: true }
  | { readonly tag: MathBranch; readonly children: readonly MathNode[]; readonly layout?: 'cases' | 'column' }

export function leaf(tag: MathLeaf, text: string): MathNode {
  return { tag, text }
}

/** Elements side by side; one alone needs no row. */
export function row(...children: readonly MathNode[]): MathNode {
  const [only] = children
  return only !== undefined && children.length === 1 ? only : { tag: 'mrow', children }
}

export function branch(tag: MathBranch, ...children: readonly MathNode[]): MathNode {
  return { tag, children }
}

/** Brackets around something, as high as it is. */
export function fenced(inside: MathNode, open = '(', close = ')'): MathNode {
  const bracket = (text: string): MathNode => (isHigh(inside) ? leaf('mo', text) : { tag: 'mo', text, flat: true })
  return row(bracket(open), inside, bracket(close))
}

/** Higher than a line of letters. */
function isHigh(node: MathNode): boolean {
  if ('text' in node) return false
  return node.tag === 'mfrac' || node.tag === 'mtable' || node.tag === 'msqrt' || node.children.some(isHigh)
}

/** A function of arguments. */
export function applied(name: MathNode, inside: readonly MathNode[]): MathNode {
  const separated = inside.flatMap((argument, k) => (k === 0 ? [argument] : [leaf('mo', ','), argument]))
  // an invisible sign tells readers aloud that a function is meant, and not a product
  return row(name, leaf('mo', '\u2061'), fenced(row(...separated)))
}

/** A vector or matrix. */
export function column(rows: readonly (readonly MathNode[])[]): MathNode {
  const lines = rows.map((cells) => branch('mtr', ...cells.map((cell) => branch('mtd', cell))))
  return { tag: 'mtable', children: lines, layout: 'column' }
}

/** What was typed into a box for numbers: a number, nothing, or why it is none. */
export type Typed =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'empty' }
  | { readonly kind: 'refused'; readonly problem: string }

/** Reads a typed number as JavaScript writes it: a point for decimals, `e` for powers of ten. */
export function typedNumber(typed: string): Typed {
  const text = typed.trim()
  if (text === '') return { kind: 'empty' }
  if (text.includes(',')) return refused(`“${text}” has a comma; write decimals with a point.`)
  const value = Number(text)
  return Number.isFinite(value) ? { kind: 'number', value } : refused(`“${text}” is not a number that can be used.`)
}

function refused(problem: string): Typed {
  return { kind: 'refused', problem }
}

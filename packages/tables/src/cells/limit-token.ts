/** A measured value that is only known to lie below or above a limit. */
export interface LimitToken {
  readonly side: 'below' | 'above'
  /** The limit as written; null where the token leaves it to another column (`BLQ`). */
  readonly limit: string | null
}

const BELOW: ReadonlySet<string> = new Set(['BLQ', 'BQL', 'BLOQ', 'BLLOQ', 'LLOQ', '<LLOQ', '<LOQ', '<BLQ', '<BQL'])
const ABOVE: ReadonlySet<string> = new Set(['ALQ', 'AQL', 'ALOQ', 'AULOQ', 'ULOQ', '>ULOQ'])

/** Reads `<0.1`, `< 0.1`, `>500`, `BLQ`, `BQL`, `LLOQ` and the like, whatever their case; null for any other text. */
export function limitToken(text: string): LimitToken | null {
  const upper = text.toUpperCase().replaceAll(' ', '')
  if (BELOW.has(upper)) return { side: 'below', limit: null }
  if (ABOVE.has(upper)) return { side: 'above', limit: null }
  const first = text[0]
  if (first !== '<' && first !== '>') return null
  return { side: first === '<' ? 'below' : 'above', limit: text.slice(1).trim() }
}

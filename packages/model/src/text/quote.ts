const longest = 64

/** A piece of the user's text for a message: in backticks, shortened, without control characters. */
export function quote(text: string): string {
  let out = ''
  for (const character of text) {
    if (out.length >= longest) {
      out += '…'
      break
    }
    const code = character.codePointAt(0) ?? 0
    out += isInvisible(code) ? `\\u{${code.toString(16)}}` : character
  }
  return `\`${out}\``
}

/** Control, format (zero-width, bidirectional, tags), separating and unpaired surrogate code points; blanks but the plain one. */
const invisible = /^[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u00a0]$/u

/** What a message must not repeat as it is. */
export function isInvisible(code: number): boolean {
  return invisible.test(String.fromCodePoint(code))
}

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

/** Control, zero-width, bidirectional and unpaired surrogate code points: what a message must not repeat as it is. */
export function isInvisible(code: number): boolean {
  return (
    code < 0x20 ||
    (code >= 0x7f && code <= 0xa0) ||
    code === 0xad ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x2028 && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x206f) ||
    (code >= 0xd800 && code <= 0xdfff) ||
    code === 0xfeff
  )
}

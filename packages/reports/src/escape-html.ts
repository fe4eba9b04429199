const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Whether XML allows a character; control characters and lone surrogates are none. */
function isAllowed(character: string): boolean {
  const code = character.codePointAt(0) ?? 0
  if (code < 32) return code === 9 || code === 10 || code === 13
  return code !== 127 && !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff
}

/** A text as it may stand between tags and in quoted attributes of HTML and SVG; characters that neither allows become �. */
export function escapeHtml(text: string): string {
  let escaped = ''
  for (const character of text) escaped += isAllowed(character) ? (ENTITIES[character] ?? character) : '\uFFFD'
  return escaped
}

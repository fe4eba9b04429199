/** A message of the language as a sentence. */
export function sentence(message: string): string {
  const first = `${message.charAt(0).toUpperCase()}${message.slice(1)}`
  return /[.?!]$/.test(first) ? first : `${first}.`
}

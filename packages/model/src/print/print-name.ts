import { isDigit } from '../syntax/tokenize.ts'

/** A name as it stands in a text: in backticks where R would not read it bare. */
export function printName(name: string): string {
  return isBareName(name) ? name : `\`${name}\``
}

/** Letters, digits, `.` and `_`, beginning with a letter or with a dot that no digit follows. */
export function isBareName(name: string): boolean {
  const first = name.charCodeAt(0)
  if (!(isLetter(first) || (first === 46 && !isDigit(name.charCodeAt(1))))) return false
  for (let i = 1; i < name.length; i++) {
    const code = name.charCodeAt(i)
    if (!(isLetter(code) || isDigit(code) || code === 46 || code === 95)) return false
  }
  return true
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90)
}

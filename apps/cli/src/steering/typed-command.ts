import type { FitCommand } from '@cartkin/fitting'
import { toNumber } from '../arguments/convert.ts'

export const typedHelp = `Commands, each with Enter:
  (nothing)           go on; at the end: keep the result
  r N                 go on for N iterations
  p                   pause
  fix NAME [VALUE]    hold a parameter, at its best value where none is given
  free NAME [VALUE]   estimate a parameter that was held
  bound NAME LO HI    move its bounds (- leaves one, inf takes it away)
  value NAME VALUE    go on from another value
  s                   stop: keep the best values with their covariance
`

/** A command as it was typed; throws a RangeError that says what was expected. */
export function typedCommand(line: string): FitCommand | 'help' {
  const [word = '', ...rest] = line.trim().split(/\s+/)
  const arity = (least: number, most: number, form: string): void => {
    if (rest.length < least || rest.length > most) throw new RangeError(`expected ${form}`)
  }
  const [name = '', first, second] = rest
  switch (word) {
    case '':
      return { command: 'resume' }
    case 'r':
    case 'resume':
      arity(0, 1, 'r or r N')
      return { command: 'resume', ...(rest.length > 0 && { iterations: toNumber(name) }) }
    case 'p':
    case 'pause':
      arity(0, 0, 'p alone')
      return { command: 'pause' }
    case 's':
    case 'stop':
      arity(0, 0, 's alone')
      return { command: 'stop' }
    case 'fix':
    case 'free':
      arity(1, 2, `${word} NAME or ${word} NAME VALUE`)
      return { command: word, parameter: name, ...(first !== undefined && { value: toNumber(first) }) }
    case 'value':
      arity(2, 2, 'value NAME VALUE')
      return { command: 'value', parameter: name, value: toNumber(first ?? '') }
    case 'bound':
      arity(3, 3, 'bound NAME LO HI, with - for one that stays')
      return { command: 'bound', parameter: name, ...bound('lower', first), ...bound('upper', second) }
    case '?':
    case 'help':
      return 'help'
    default:
      throw new RangeError(`unknown command ${word}; ? lists them`)
  }
}

function bound<K extends string>(key: K, text = '-'): { readonly [P in K]?: number } {
  if (text === '-') return {}
  const value = text === 'inf' ? Infinity : text === '-inf' ? -Infinity : toNumber(text)
  return Object.fromEntries([[key, value]]) as { readonly [P in K]?: number }
}

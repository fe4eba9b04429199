import type { Token } from '../syntax/tokens.ts'

/**
 * What a name does where it stands: gives or reads a value, is called, or belongs to the frame of the text. Tokens that
 * are no names have the role 'none'.
 */
export type TokenRole = 'value' | 'call' | 'keyword' | 'metadata' | 'none'

const frames: ReadonlySet<string> = new Set(['ini', 'model', 'rxode2', 'RxODE', 'rxode', 'rxode2parse'])
const words: ReadonlySet<string> = new Set(['if', 'else', 'function'])

/** Where a token stands. */
export type Region = 'ini' | 'model' | 'outside'

/** The role of each token, from the tokens beside it: good for broken texts too. */
export function tokenRoles(tokens: readonly Token[]): readonly TokenRole[] {
  const roles: TokenRole[] = []
  const regions = tokenRegions(tokens)
  tokens.forEach((token, index) => {
    if (token.kind !== 'name') roles.push('none')
    else if (isDerivativeWord(tokens, index) || words.has(token.name)) roles.push('keyword')
    else if (frames.has(token.name) && isSign(tokens, index + 1, '(')) roles.push('keyword')
    else if (regions[index] === 'outside') roles.push('metadata')
    else if (isSign(tokens, index + 1, '(') && !isInitial(tokens, index)) roles.push('call')
    else roles.push('value')
  })
  return roles
}

/** The block of each token; all of a bare text is 'model'. */
export function tokenRegions(tokens: readonly Token[]): readonly Region[] {
  const blocks = new Set(tokens.keys().filter((index) => isBlock(tokens, index)))
  const regions: Region[] = []
  let region: Region = blocks.size === 0 ? 'model' : 'outside'
  let braces = 0
  tokens.forEach((token, index) => {
    if (token.kind === 'name' && blocks.has(index)) {
      region = token.name === 'ini' ? 'ini' : 'model'
      braces = 0
    } else if (blocks.size > 0 && region !== 'outside' && token.kind === 'sign') {
      if (token.sign === '{') braces++
      if (token.sign === '}' && --braces <= 0) region = 'outside'
    }
    regions.push(region)
  })
  return regions
}

/** `ini({` or `model({`. */
function isBlock(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index]
  const isNamed = token?.kind === 'name' && (token.name === 'ini' || token.name === 'model')
  return isNamed && isSign(tokens, index + 1, '(') && isSign(tokens, index + 2, '{')
}

function isSign(tokens: readonly Token[], index: number, sign: string): boolean {
  const token = tokens[index]
  return token?.kind === 'sign' && token.sign === sign
}

function isName(tokens: readonly Token[], index: number, name: string): boolean {
  const token = tokens[index]
  return token?.kind === 'name' && token.name === name
}

/** The `d` or `dt` of `d/dt(`. */
function isDerivativeWord(tokens: readonly Token[], index: number): boolean {
  const start = isName(tokens, index, 'dt') ? index - 2 : index
  return (
    isName(tokens, start, 'd') &&
    isSign(tokens, start + 1, '/') &&
    isName(tokens, start + 2, 'dt') &&
    isSign(tokens, start + 3, '(')
  )
}

/** `x(0)`, the initial value of x. */
function isInitial(tokens: readonly Token[], index: number): boolean {
  const argument = tokens[index + 2]
  return argument?.kind === 'number' && argument.value === 0 && isSign(tokens, index + 3, ')')
}

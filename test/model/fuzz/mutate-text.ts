import type { Choices } from './choices.ts'

const pieces = [
  ...[
    '(',
    ')',
    '{',
    '}',
    '[',
    ']',
    ',',
    ';',
    '\n',
    '\r',
    ' ',
    '=',
    '<-',
    '->',
    '~',
    '==',
    '!=',
    '<',
    '<=',
    '&',
    '|',
    '!',
  ],
  ...[
    '+',
    '-',
    '*',
    '/',
    '^',
    '**',
    '%%',
    '%',
    ':',
    '$',
    '@',
    '?',
    '\\',
    '"',
    "'",
    '`',
    '#',
    'r"(',
    ')"',
    '# [1/day] a\n',
  ],
  ...[
    'if (',
    'else',
    'else if (',
    'function()',
    'ini({',
    'model({',
    '})',
    'rxode2({',
    'rxode2("',
    'library(a)\n',
    'c(',
    'list(',
  ],
  ...[
    'd/dt(x1)',
    'd/dt(',
    'x1(0)',
    '(0)',
    'f(x1)',
    'lag(x1)',
    'mtime(',
    'cmt(',
    'dvid(',
    'param(',
    'levels(',
    'df(',
    '/dy(',
  ],
  ...[
    'tad()',
    'podo(',
    'transit(',
    'linCmt()',
    'exp(',
    'ifelse(',
    'max(',
    'fix(',
    'label("',
    'backTransform(',
    ' | occ',
  ],
  ...[
    ' ~ add(',
    ' + prop(',
    ' ~ pois(',
    'sd(',
    'cor(',
    'chol(',
    't',
    'time',
    'Inf',
    'NA',
    'NULL',
    'TRUE',
    'pi',
    '1',
    '2.5',
  ],
  ...[
    '1e999',
    '0x',
    '1e-999',
    '5LL',
    '.',
    '1e',
    '-0',
    '__proto__',
    'constructor',
    'x1',
    'c',
    '\0',
    '\u0007',
    '\u00a0',
    '\u00ad',
  ],
  ...[
    '\u200b',
    '\u200d',
    '\u202e',
    '\u2028',
    '\u2066',
    '\ud800',
    '\udc00',
    '\ufeff',
    '\uffff',
    'а',
    'ｘ',
    '−',
    '“',
    'é',
    '💉',
    'µ',
  ],
]

const token = /[\w.]+|\s+|[^\w\s]/gu

/** A text with one to six slips: tokens lost, doubled, swapped or put in, characters turned, ends cut, halves of two texts. */
export function mutatedText(text: string, other: () => string, choices: Choices): string {
  let mutated = text
  const count = 1 + choices.below(6)
  for (let i = 0; i < count; i++) mutated = mutatedOnce(mutated, other, choices)
  return mutated
}

function mutatedOnce(text: string, other: () => string, choices: Choices): string {
  const place = choices.below(text.length + 1)
  const kind = choices.below(9)
  switch (kind) {
    case 0:
      return text.slice(0, place) + choices.pick(pieces) + text.slice(place)
    case 1:
      return text.slice(0, place) + choices.pick(pieces) + text.slice(place + 1 + choices.below(4))
    case 2:
      return choices.oneIn(3) ? text.slice(0, place) : text.slice(place)
    case 3: {
      const second = other()
      return text.slice(0, place) + second.slice(choices.below(second.length + 1))
    }
    case 4:
      return text.slice(0, place) + String.fromCharCode(choices.below(65536)) + text.slice(place + 1)
    default: {
      const tokens = text.match(token) ?? []
      if (tokens.length < 2) return text + choices.pick(pieces)
      const at = choices.below(tokens.length)
      const to = choices.below(tokens.length)
      const [a, b] = [tokens[at] ?? '', tokens[to] ?? '']
      if (kind === 5) tokens.splice(at, 1 + choices.below(3))
      else if (kind === 6) tokens.splice(at, 0, b)
      else if (kind === 7) {
        tokens[at] = b
        tokens[to] = a
      } else tokens[at] = b
      return tokens.join('')
    }
  }
}

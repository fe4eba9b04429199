import type { Diagnostics } from '../text/diagnostics.ts'
import type { Extent } from '../text/source-text.ts'
import { parseIni } from './parse-ini.ts'
import { parseMetadata } from './parse-metadata.ts'
import { parseStatements } from './parse-statements.ts'
import type { IniStatement, MetadataValue, Statement, SyntaxTree } from './syntax.ts'
import { SyntaxProblem, TokenReader } from './token-reader.ts'
import { tokenize } from './tokenize.ts'

/** Takes a text apart: bare statements, or an nlmixr2 function with `ini` and `model`. */
export function parseSyntax(text: string, diagnostics: Diagnostics): SyntaxTree {
  const stream = tokenize(text, diagnostics)
  const reader = new TokenReader(text, stream, diagnostics)
  const tree: Builder = { title: stream.leadingComment, name: '', metadata: new Map(), ini: undefined, body: [] }
  try {
    skipLibraries(reader)
    const hasName = reader.peek().kind === 'name' && (reader.isSign('<-', 1) || reader.isSign('=', 1))
    const prefix = hasName ? 2 : 0
    // `rxode2::rxode2(`
    const isOfPackage = reader.isSign(':', prefix + 1) && reader.isSign(':', prefix + 2)
    const head = isOfPackage ? prefix + 3 : prefix
    const first = reader.peek()
    if (hasName && first.kind === 'name') tree.name = first.name
    if (reader.isName('function', head)) {
      for (let i = 0; i <= head; i++) reader.next()
      readFunction(reader, tree)
      readEnd(reader)
    } else if (isQuoted(reader, head)) {
      const { at } = reader.peek(head + 2)
      const inside = insideOfString(text, at)
      if (!text.slice(inside.from, inside.to).includes('\\')) return parseSyntax(onlyInside(text, inside), diagnostics)
      reader.failAt(at, 'The model stands in a string with backslashes; paste what is inside the quotation marks.')
    } else if (isWrapper(reader, head)) {
      for (let i = 0; i <= head; i++) reader.next()
      readBraces(reader, () => tree.body.push(...parseStatements(reader)))
      readEnd(reader)
    } else if (isBlock(reader, 'ini') || isBlock(reader, 'model')) {
      readBlocks(reader, tree, false)
      readEnd(reader)
    } else readBare(reader, tree)
  } catch (problem) {
    if (!(problem instanceof SyntaxProblem)) throw problem
  }
  reader.finish()
  return tree
}

/** `library(nlmixr2)` and the like before a model say nothing of it. */
function skipLibraries(reader: TokenReader): void {
  for (;;) {
    reader.skipLineEnds()
    const isLibrary = reader.isName('library') || reader.isName('require')
    const name = reader.peek(2)
    if (!isLibrary || !reader.isSign('(', 1) || !(name.kind === 'name' || name.kind === 'string')) return
    if (!reader.isSign(')', 3)) return
    for (let i = 0; i < 4; i++) reader.next()
    reader.takeSign(';')
  }
}

interface Builder {
  readonly title: string
  name: string
  readonly metadata: Map<string, MetadataValue>
  ini: IniStatement[] | undefined
  readonly body: Statement[]
}

function readBare(reader: TokenReader, tree: Builder): void {
  while (reader.peek().kind !== 'end' && !reader.diagnostics.full) {
    tree.body.push(...parseStatements(reader))
    if (reader.peek().kind === 'end' || reader.diagnostics.full) return
    // only a `}` stops the statements at the outermost level
    reader.diagnostics.error(reader.next().at, 'This `}` closes no block.')
  }
}

function isBlock(reader: TokenReader, name: string): boolean {
  return reader.isName(name) && reader.isSign('(', 1) && reader.isSign('{', 2)
}

const wrappers = ['rxode2', 'RxODE', 'rxode', 'rxode2parse'] as const

/** `rxode2({…})`, `RxODE({…})`. */
function isWrapper(reader: TokenReader, ahead: number): boolean {
  const isNamed = wrappers.some((name) => reader.isName(name, ahead))
  return isNamed && reader.isSign('(', ahead + 1) && reader.isSign('{', ahead + 2)
}

/** `rxode2("…")`. */
function isQuoted(reader: TokenReader, ahead: number): boolean {
  const isNamed = wrappers.some((name) => reader.isName(name, ahead))
  return isNamed && reader.isSign('(', ahead + 1) && reader.peek(ahead + 2).kind === 'string'
}

function readFunction(reader: TokenReader, tree: Builder): void {
  reader.open('(', 'after `function`')
  if (!reader.isSign(')')) reader.failAt(reader.peek().at, 'A model function takes no arguments: function() { … }.')
  reader.close('after `function(`')
  reader.skipLineEnds()
  reader.open('{', 'before the body of the function')
  readBlocks(reader, tree, true)
  reader.close('after the body of the function')
}

/** `ini({…})`, `model({…})` and, in a function, metadata. */
function readBlocks(reader: TokenReader, tree: Builder, hasMetadata: boolean): void {
  let hasModel = false
  while (!reader.diagnostics.full) {
    reader.skipLineEnds()
    if (reader.takeSign(';')) continue
    const token = reader.peek()
    if (token.kind === 'end' || reader.isSign('}')) break
    if (isBlock(reader, 'ini')) {
      const ini = tree.ini ?? []
      tree.ini = ini
      reader.next()
      readBraces(reader, () => ini.push(...parseIni(reader)))
    } else if (isBlock(reader, 'model')) {
      if (hasModel) reader.diagnostics.error(token.at, 'A second `model({…})`; a text holds one model.')
      hasModel = true
      reader.next()
      readBraces(reader, () => tree.body.push(...parseStatements(reader)))
    } else if (hasMetadata) parseMetadata(reader, tree.metadata)
    else break
  }
  if (!hasModel && !reader.diagnostics.full) {
    reader.failAt(reader.peek().at, 'There is no `model({…})` with the equations.')
  }
}

function readBraces(reader: TokenReader, readBody: () => void): void {
  reader.open('(', 'before `{`')
  reader.open('{', 'before the block')
  readBody()
  reader.close('after the block')
  reader.close('after the block')
}

/** Where the characters of a string stand: between its marks, or between the brackets of a raw string `r"---(…)---"`. */
function insideOfString(text: string, { offset, length }: Extent): { readonly from: number; readonly to: number } {
  const isRaw = text[offset] === 'r' || text[offset] === 'R'
  if (!isRaw) return { from: offset + 1, to: offset + length - 1 }
  let marks = 1
  while (text[offset + 1 + marks] === '-') marks++
  return { from: offset + 2 + marks, to: offset + length - 1 - marks }
}

/** The text with blanks for all that is not inside: every place stays where it is. */
function onlyInside(text: string, { from, to }: { readonly from: number; readonly to: number }): string {
  const blank = (part: string) => Array.from(part.split('\n'), (line) => ' '.repeat(line.length)).join('\n')
  return blank(text.slice(0, from)) + text.slice(from, to) + blank(text.slice(to))
}

/** What R has to say after the model is not run; a second model is refused. */
function readEnd(reader: TokenReader): void {
  reader.skipLineEnds()
  const first = reader.peek()
  if (first.kind === 'end') return
  const rest = new Map<string, MetadataValue>()
  while (reader.peekRaw().kind !== 'end' && !reader.diagnostics.full) {
    const start = reader.peek()
    if (reader.isSign('}')) reader.failAt(start.at, 'This `}` closes no block.')
    const isModel =
      reader.isName('function') || reader.isName('function', 2) || isWrapper(reader, 0) || isWrapper(reader, 2)
    if (isModel || isBlock(reader, 'ini') || isBlock(reader, 'model')) {
      reader.failAt(start.at, 'The text goes on with another model; a text holds one model.')
    }
    parseMetadata(reader, rest)
    reader.skipLineEnds()
    while (reader.takeSign(';')) reader.skipLineEnds()
  }
  reader.diagnostics.warn(first.at, 'What stands after the model is not run.')
}

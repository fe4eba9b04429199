import type { Diagnostics } from '../text/diagnostics.ts'
import { across } from '../text/source-text.ts'
import { parseIni } from './parse-ini.ts'
import { parseStatements } from './parse-statements.ts'
import type { IniStatement, Statement, SyntaxTree } from './syntax.ts'
import { SyntaxProblem, TokenReader } from './token-reader.ts'
import { tokenize } from './tokenize.ts'

/** Takes a text apart: bare statements, or an nlmixr2 function with `ini` and `model`. */
export function parseSyntax(text: string, diagnostics: Diagnostics): SyntaxTree {
  const stream = tokenize(text, diagnostics)
  const reader = new TokenReader(text, stream, diagnostics)
  const tree: Builder = { title: stream.leadingComment, ini: undefined, body: [] }
  try {
    reader.skipLineEnds()
    const hasName = reader.peek().kind === 'name' && (reader.isSign('<-', 1) || reader.isSign('=', 1))
    const head = hasName ? 2 : 0
    if (reader.isName('function', head)) {
      for (let i = 0; i <= head; i++) reader.next()
      readFunction(reader, tree)
      readEnd(reader)
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
  return tree
}

interface Builder {
  title: string
  ini: IniStatement[] | undefined
  body: Statement[]
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

/** `rxode2({…})`, `RxODE({…})`. */
function isWrapper(reader: TokenReader, ahead: number): boolean {
  const named = reader.isName('rxode2', ahead) || reader.isName('RxODE', ahead) || reader.isName('rxode', ahead)
  return named && reader.isSign('(', ahead + 1) && reader.isSign('{', ahead + 2)
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
    } else if (hasMetadata) readMetadata(reader, tree)
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

/** `name <- any R value`: kept when it is a title, otherwise passed over by its brackets, never run. */
function readMetadata(reader: TokenReader, tree: Builder): void {
  const name = reader.next()
  if (name.kind !== 'name' || !(reader.isSign('<-') || reader.isSign('='))) {
    reader.failAt(name.at, 'Expected `ini({…})`, `model({…})` or metadata such as description <- "…" here.', name)
  }
  reader.next()
  const value = reader.peek()
  if (name.name === 'description' && value.kind === 'string') tree.title = value.value
  let depth = 0
  let first = value
  for (;;) {
    const token = reader.peek()
    if (token.kind === 'end') {
      if (depth > 0) reader.failAt(across(name.at, first.at), 'The brackets of this metadata are not closed.')
      return
    }
    if (depth === 0 && (token.kind === 'newline' || reader.isSign(';') || reader.isSign('}'))) return
    if (token.kind === 'sign' && (token.sign === '(' || token.sign === '{' || token.sign === '[')) {
      if (depth === 0) first = token
      depth++
    }
    if (token.kind === 'sign' && (token.sign === ')' || token.sign === '}' || token.sign === ']')) depth--
    reader.next()
  }
}

function readEnd(reader: TokenReader): void {
  reader.skipLineEnds()
  const token = reader.peek()
  if (token.kind !== 'end' && !reader.diagnostics.full) {
    reader.failAt(token.at, 'The text goes on after the end of the model; a text holds one model.', token)
  }
}

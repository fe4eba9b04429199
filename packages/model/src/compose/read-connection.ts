import { parseSyntaxExpression } from '../syntax/parse-syntax-expression.ts'
import type { Expression } from '../syntax/syntax.ts'
import { SyntaxProblem, TokenReader } from '../syntax/token-reader.ts'
import { tokenize } from '../syntax/tokenize.ts'
import { Diagnostics } from '../text/diagnostics.ts'

/** One expression of a composition or a regimen. */
export function readConnection(
  text: string,
): { readonly expression: Expression } | { readonly diagnostics: Diagnostics['errors'] } {
  const diagnostics = new Diagnostics(text)
  try {
    const reader = new TokenReader(text, tokenize(text, diagnostics), diagnostics)
    reader.skipLineEnds()
    const expression = parseSyntaxExpression(reader)
    reader.skipLineEnds()
    if (reader.peek().kind !== 'end') reader.fail('an operator or the end of the expression')
    if (diagnostics.errors.length === 0) return { expression }
  } catch (problem) {
    if (!(problem instanceof SyntaxProblem)) throw problem
  }
  return { diagnostics: diagnostics.errors }
}

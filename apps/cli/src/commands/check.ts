import { canonicalBytes, formatDiagnostic, parseModel } from '@cartkin/model'
import { sha256Hex } from '@cartkin/tables'
import { command } from '../command.ts'
import { exitCode } from '../exit-code.ts'
import { findModel, textName } from '../inputs/find-model.ts'
import { modelFacts, modelFactsText } from '../output/model-facts.ts'
import { toJson } from '../output/to-json.ts'

export const check = command({
  name: 'check',
  summary: 'Check a model text or a composition: every error and warning with its place, and what the text says',
  positionals: ['MODEL'],
  options: {},
  examples: ['cartkin check my-model.txt', 'cartkin check lupus-qsp --json'],
  notes:
    'Shown are states, parameters, inputs (names that the text neither assigns nor gives in ini: data or --param must),\nrandom effects, outputs, residual errors and switches in time.',
  async execute({ positionals: [name = ''], options: { json } }, io) {
    const found = await findModel(name, io)
    const { text, library, composed } = found
    const parsed = parseModel(text)
    const diagnostics = parsed.ok ? parsed.model.warnings : parsed.diagnostics
    const messages = [
      ...(composed?.warnings ?? []),
      ...diagnostics.map((diagnostic) => formatDiagnostic(text, diagnostic, textName(found))),
    ]
    for (const message of messages) io.note(`${message}\n`)
    const places = diagnostics.map(({ message, span: { line, column, length } }) => ({ message, line, column, length }))
    if (!parsed.ok) {
      const error = { exitCode: exitCode.badInput, message: messages.join('\n') }
      if (json) io.out(toJson({ model: name, ok: false, errors: places, error }))
      return exitCode.badInput
    }
    const facts = modelFacts(parsed.model, library?.parameters)
    const hash = await sha256Hex(canonicalBytes(parsed.model))
    io.out(
      json
        ? toJson({
            model: name,
            ok: true,
            hash,
            ...facts,
            warnings: places,
            ...(composed && { composition: composed.warnings }),
          })
        : `${name}: no errors\n${modelFactsText(facts)}\nhash ${hash}\n`,
    )
    return exitCode.ok
  },
})

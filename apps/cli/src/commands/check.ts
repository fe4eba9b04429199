import { formatDiagnostic } from '@cartkin/model'
import { command } from '../command.ts'
import { toText } from '../convert.ts'
import { exitCode } from '../exit-code.ts'
import { checkedModel, findModel } from '../find-model.ts'
import { repeated } from '../option.ts'
import { toJson } from '../to-json.ts'

export const check = command({
  name: 'check',
  summary: 'Check a model text: every error and warning with its line and column',
  positionals: ['MODEL'],
  options: { covariate: repeated('NAME', 'A name that data will supply', toText) },
  examples: ['cartkin check my-model.txt', 'cartkin check lupus-qsp --json', 'cartkin check pk.txt --covariate WT'],
  async execute({ positionals: [name = ''], options: { json, covariate } }, io) {
    const found = await findModel(name, io)
    const model = checkedModel(found, covariate)
    const { states, parameters, outputs, warnings } = model
    if (json)
      io.out(
        toJson({
          model: name,
          states: states.map((state) => state.name),
          parameters: parameters.map((parameter) => parameter.name),
          outputs: outputs.map((output) => output.name),
          warnings: warnings.map(({ message, span: { line, column } }) => ({ message, line, column })),
        }),
      )
    else {
      for (const warning of warnings) io.note(`${formatDiagnostic(found.text, warning, name)}\n`)
      io.out(
        `${name}: no errors; ${count(states.length, 'state')}, ${count(parameters.length, 'parameter')}, ${count(outputs.length, 'output')}\n`,
      )
    }
    return exitCode.ok
  },
})

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}

import { libraryModels } from '@cartkin/cart-models'
import { command } from '../command.ts'
import { exitCode } from '../exit-code.ts'
import { BadInput, Misuse } from '../failure.ts'
import { checkedModel, findModel } from '../inputs/find-model.ts'
import type { Io } from '../io.ts'
import { textTable } from '../output/text-table.ts'
import { toJson } from '../output/to-json.ts'

export const models = command({
  name: 'models',
  summary: 'List the models of the library, or show one with its parameters and sources',
  positionals: ['[list|show]', '[ID]'],
  options: {},
  examples: ['cartkin models', 'cartkin models show lupus-qsp', 'cartkin models show stein-2019 --json'],
  async execute({ positionals: [action = 'list', id], options: { json } }, io) {
    if (action === 'list') {
      if (id !== undefined) throw new Misuse(`models list takes no more words, got ${id}`)
      list(json, io)
      return exitCode.ok
    }
    if (action !== 'show') throw new Misuse(`models knows list and show, got ${action}`)
    if (id === undefined) throw new Misuse('models show needs the ID of a model; cartkin models lists them')
    await show(id, json, io)
    return exitCode.ok
  },
})

function list(json: boolean, io: Io): void {
  const rows = libraryModels.map(({ id, title, summary, reference }) => ({ id, title, summary, reference }))
  io.out(json ? toJson(rows) : textTable([['id', 'title'], ...rows.map(({ id, title }) => [id, title])]))
}

async function show(id: string, json: boolean, io: Io): Promise<void> {
  const found = await findModel(id, io)
  const { library } = found
  if (!library) throw new BadInput(`${id}: is not a model of the library; see cartkin check for files`)
  const model = checkedModel(found)
  const parameters = model.parameters.map(({ name, value, unit, label }) => {
    const note = library.parameters[name]
    return { name, value, unit, label, group: note?.group ?? '', trust: note?.trust ?? '', source: note?.source ?? '' }
  })
  if (json) {
    const { title, summary, text, reference, start, horizon, regimen, endpoints, targets } = library
    const { states, outputs } = model
    const named = ({ name, unit, label }: (typeof states)[number]) => ({ name, unit, label })
    io.out(
      toJson({
        id,
        title,
        summary,
        reference,
        start,
        horizon,
        regimen,
        parameters,
        states: states.map(named),
        outputs: outputs.map(named),
        endpoints,
        targets,
        text,
      }),
    )
    return
  }
  const rows = parameters.map(({ name, value, unit, trust, label, source }) => [
    name,
    String(value),
    unit,
    trust,
    label,
    source,
  ])
  io.out(
    `${library.title} (${id})\n${library.summary}\n${library.reference}\n\n${library.text.trim()}\n\n${textTable([['parameter', 'value', 'unit', 'trust', 'meaning', 'source'], ...rows])}`,
  )
}

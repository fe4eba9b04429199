import { resolve } from 'node:path'
import {
  extinctionText,
  type LibraryModel,
  libraryShelves,
  type Trust,
  taggedText,
  trustTags,
} from '@cartkin/cart-models'
import { createNodePool } from '@cartkin/compute/node'
import { publishModelPages, StudyStopped } from '@cartkin/studies'
import { toText } from '../arguments/convert.ts'
import { flag, optional } from '../arguments/option.ts'
import { workersOption } from '../arguments/solver-arguments.ts'
import { command } from '../command.ts'
import { exitCode } from '../exit-code.ts'
import { BadInput, Misuse, Stopped } from '../failure.ts'
import { checkedModel, findModel } from '../inputs/find-model.ts'
import type { Io } from '../io.ts'
import { progressLine } from '../output/progress-line.ts'
import { textTable } from '../output/text-table.ts'
import { toJson } from '../output/to-json.ts'

export const models = command({
  name: 'models',
  summary: 'List the models of the library, show one with its parameters and sources, or write its page',
  positionals: ['[list|show|page]', '[ID]'],
  options: {
    all: flag('With page: of every model'),
    out: optional('DIR', 'With page: folder for the pages; new, empty, or holding earlier ones', toText),
    workers: workersOption,
  },
  examples: [
    'cartkin models',
    'cartkin models show lupus-qsp',
    'cartkin models page stein-2019 --out results/stein',
    'cartkin models page --all --out results/models',
  ],
  notes:
    'A page holds equations, parameters with unit, source and trust, the typical run with published values, scenarios, targets, known limits and what to cite, in one file without scripts.',
  async execute({ positionals: [action = 'list', id], options }, io) {
    const { json } = options
    if (action === 'page') {
      await page(id, options, io)
      return exitCode.ok
    }
    if (options.all || options.out !== undefined)
      throw new Misuse(`--all and --out go with models page, not with ${action}`)
    if (action === 'list') {
      if (id !== undefined) throw new Misuse(`models list takes no more words, got ${id}`)
      list(json, io)
      return exitCode.ok
    }
    if (action !== 'show') throw new Misuse(`models knows list, show and page, got ${action}`)
    if (id === undefined) throw new Misuse('models show needs the ID of a model; cartkin models lists them')
    await show(id, json, io)
    return exitCode.ok
  },
})

interface PageOptions {
  readonly all: boolean
  readonly out: string | undefined
  readonly workers: number | undefined
  readonly json: boolean
}

async function page(id: string | undefined, { all, out, workers, json }: PageOptions, io: Io): Promise<void> {
  if (out === undefined) throw new Misuse('models page needs --out DIR, the folder for the pages')
  if (all === (id !== undefined)) throw new Misuse('models page needs the ID of a model, or --all')
  const found = id === undefined ? undefined : await findModel(id, io)
  if (found && (!found.library || found.composed))
    throw new BadInput(`${id}: is not a model of the library; cartkin models lists them`)
  const pool = createNodePool(workers === undefined ? {} : { size: workers })
  const line = progressLine(io, 'Writing pages')
  try {
    const progress = (share: number) => line.update(share)
    const run = { pool, subjects: 1000, seed: 1, signal: io.signal, progress }
    const files = await publishModelPages(resolve(io.folder, out), id === undefined ? undefined : [id], run)
    line.end()
    if (json) io.out(toJson({ folder: out, files }))
    else for (const file of files) io.out(`${out}/${file}\n`)
  } catch (error) {
    if (error instanceof StudyStopped) throw new Stopped(error.message)
    throw error
  } finally {
    line.end()
    await pool.close()
  }
}

function list(json: boolean, io: Io): void {
  if (json) {
    const rows = libraryShelves.flatMap(({ title: shelf, models }) =>
      models.map(({ id, title, summary, reference }) => ({ id, title, summary, reference, shelf })),
    )
    io.out(toJson(rows))
    return
  }
  const tables = libraryShelves.map(
    ({ title, models }) => `${title}\n${textTable([['id', 'title'], ...models.map(({ id, title }) => [id, title])])}`,
  )
  io.out(tables.join('\n'))
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
    const { title, summary, text, reference, citation, limits, start, horizon, regimen, endpoints, targets } = library
    const { states, outputs } = model
    const named = ({ name, unit, label }: (typeof states)[number]) => ({ name, unit, label })
    io.out(
      toJson({
        id,
        title,
        summary,
        reference,
        citation,
        limits,
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
  const rows = parameters.map(({ name, value, unit, label, source }) => [
    name,
    String(value),
    unit,
    tagged(library.parameters[name]?.trust),
    label,
    source,
  ])
  const tags = textTable([['parameter', 'value', 'unit', 'trust', 'meaning', 'source'], ...rows])
  const limits = library.limits.map((limit) => `- ${limit}`).join('\n')
  const chance = library.extinction === undefined ? '' : `\n\nCure by chance\n${extinctionText(library.extinction)}`
  io.out(
    `${library.title} (${id})\n${library.summary}\nCite: ${library.citation}. ${library.reference}\n\nKnown limits\n${limits}${chance}${scenariosOf(library)}${madeOf(library)}\n\n${taggedText(library).trim()}\n\n${tags}`,
  )
}

function scenariosOf({ id, scenarios = [] }: LibraryModel): string {
  if (scenarios.length === 0) return ''
  const rows = scenarios.map((scenario) => [scenario.id, scenario.title])
  return `\n\nScenarios (cartkin simulate ${id} --scenario ID)\n${textTable([['id', 'what differs'], ...rows]).trimEnd()}`
}

function madeOf({ id, parts = [] }: LibraryModel): string {
  if (parts.length === 0) return ''
  const rows = parts.map(({ model, prefix = '', connect = {}, drop = [] }) => [
    model.id,
    prefix,
    Object.entries(connect)
      .map(([own, whole]) => (own === whole ? own : `${own} = ${whole}`))
      .join(', '),
    drop.join(', '),
  ])
  return `\n\nMade of (cartkin convert ${id} --to compose)\n${textTable([['model', 'prefix', 'connected', 'dropped'], ...rows]).trimEnd()}`
}

function tagged(trust: Trust | undefined): string {
  return trust === undefined ? '' : `[${trustTags[trust].letter}] ${trust}`
}

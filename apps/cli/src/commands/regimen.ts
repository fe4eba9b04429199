import { resolve } from 'node:path'
import type { Model } from '@cartkin/model'
import {
  type EventRecord,
  type GivenAmount,
  knownParameters,
  type Regimen,
  type RegimenTotal,
  recordsWith,
  regimenAmount,
  regimenParameters,
  regimenTotals,
} from '@cartkin/simulation'
import { readRegimen, regimenJsonSchema } from '@cartkin/studies'
import { nonmemCsv } from '@cartkin/tables'
import { type Assignment, toNumber, toText } from '../arguments/convert.ts'
import { flag, optional } from '../arguments/option.ts'
import { parameterOptionTable, parameterValues } from '../arguments/solver-arguments.ts'
import { command } from '../command.ts'
import { exitCode } from '../exit-code.ts'
import { BadInput, Misuse } from '../failure.ts'
import { checkedModel, findModel } from '../inputs/find-model.ts'
import { checkFile, deliverBytes } from '../output/deliver.ts'
import { textTable } from '../output/text-table.ts'
import { toJson } from '../output/to-json.ts'

export const regimen = command({
  name: 'regimen',
  summary: 'Show the dose records that a regimen becomes, or write them as NONMEM CSV',
  positionals: ['[FILE]'],
  options: {
    model: optional('MODEL', 'Model whose states and parameters it names (else any are taken as they are)', toText),
    ...parameterOptionTable,
    out: optional('FILE', 'NONMEM data set to write, .csv', toText),
    schema: flag('Print the JSON Schema of regimen files, for editors that check while one writes'),
  },
  examples: [
    'cartkin regimen regimen.yaml --param WT=70 HT=175',
    'cartkin regimen regimen.yaml --model oncology-qsp --out doses.csv',
  ],
  notes:
    'Times are in the unit of the model, or of the regimen. NONMEM takes no negative TIME: the file is shifted, says by how much\nin a comment that IGNORE=# skips, and is shifted back when it is read as --events. Parameters that amounts depend on are its\ncovariates.',
  async execute({ positionals: [file], options }, io) {
    const { out, json } = options
    if (options.schema) {
      io.out(toJson(regimenJsonSchema()))
      return exitCode.ok
    }
    if (file === undefined) throw new Misuse('regimen needs FILE; see cartkin regimen --help')
    if (out !== undefined) {
      if (!out.toLowerCase().endsWith('.csv')) throw new Misuse(`--out ${out}: the name must end in .csv`)
      await checkFile(out, io, 'doses.csv')
    }
    const model = options.model === undefined ? null : checkedModel(await findModel(options.model, io))
    const read = await readRegimen(resolve(io.folder, file), file, model)
    const value = model === null ? givenValues(options.param) : modelValues(model, options.param)
    const { records, totals } = told(file, () => ({
      records: recordsWith(read, value),
      totals: regimenTotals(read, value),
    }))
    const { rules = [] } = read
    const patient = Object.fromEntries(regimenParameters(read).map((used) => [used, value(used)]))
    const written = nonmemCsv([{ id: '1', records, parameters: patient }], {
      ...(model !== null && { compartments: model.states.map(({ name }) => name), timeUnit: model.timeUnit }),
    })
    const delivered = out === undefined ? null : await deliverBytes(new TextEncoder().encode(written.text), out, io)
    if (json) io.out(toJson({ name: read.name, records, totals, rules, ...(delivered ?? {}) }))
    else {
      io.out(`${read.name}\n\n${recordsTable(read, records, value)}`)
      if (totals.length > 0) io.out(`\n${totals.map(totalLine).join('\n')}\n`)
      if (rules.length > 0) io.out(`\nDecided while the model runs: ${rules.map((rule) => rule.name).join(', ')}\n`)
    }
    if (delivered !== null) {
      for (const note of written.notes) io.note(`${out}: ${note}\n`)
      if (rules.length > 0)
        io.note(`${out}: doses that rules decide are not in it; simulate writes them with --decisions\n`)
    }
    return exitCode.ok
  },
})

/** Values by name alone. */
function givenValues(given: readonly Assignment[]): (name: string) => number {
  const values = new Map(given.map(({ name, text }) => [name, toNumber(text)]))
  return (name) => {
    const value = values.get(name)
    if (value === undefined) throw new RangeError(`${name} has no value; give --param ${name}=…`)
    return value
  }
}

/** Those of a model, where none is given. */
function modelValues(model: Model, given: readonly Assignment[]): (name: string) => number {
  const values = knownParameters(model, parameterValues(given, model))
  return (name) => {
    const value = values[model.parameters.findIndex((parameter) => parameter.name === name)] ?? Number.NaN
    if (Number.isNaN(value)) throw new RangeError(`${name} has no value; give --param ${name}=…`)
    return value
  }
}

function told<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof RangeError) throw new BadInput(`${file}: ${error.message}`)
    throw error
  }
}

/** The records, one line each, with what is given in the words of the regimen. */
function recordsTable(read: Regimen, records: readonly EventRecord[], value: (name: string) => number): string {
  const labels = [
    ...(read.milestones ?? []).map(({ time, label }) => ({ time, label, given: '' })),
    ...read.doses.map(({ time, label = '', given }) => ({ time, label, given: givenText(given, value) })),
  ].sort((a, b) => a.time - b.time)
  return textTable([
    ['TIME', 'EVID', 'CMT', 'AMT', 'RATE', 'DUR', 'II', 'ADDL', 'given', 'label'],
    ...records.map(({ time, evid, cmt, amt, rate, duration, ii, addl }, k) => [
      shown(time),
      String(evid),
      cmt ?? '.',
      shown(amt),
      shown(rate),
      shown(duration),
      shown(ii),
      shown(addl),
      labels[k]?.given ?? '',
      labels[k]?.label ?? '',
    ]),
  ])
}

function givenText(given: GivenAmount | undefined, value: (name: string) => number): string {
  return given === undefined ? '' : `${shown(regimenAmount(given.amount, 'given', value))} ${given.unit}`
}

/** `Fludarabine: 3 doses, 160.4 mg`; of cells with a known product how many there are. */
function totalLine({ name, doses, amount, unit, cells }: RegimenTotal): string {
  const counted = `${name}: ${doses} dose${doses === 1 ? '' : 's'}, ${shown(amount)} ${unit}`.trimEnd()
  if (cells === undefined) return counted
  const { viable, all } = cells
  return `${counted} viable and transduced, in ${shown(viable)} viable and ${shown(all)} cells altogether`
}

function shown(number: number | undefined): string {
  return number === undefined ? '.' : String(Number(number.toPrecision(7)))
}

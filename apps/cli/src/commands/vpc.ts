import { basename, resolve } from 'node:path'
import { createNodePool } from '@cartkin/compute/node'
import { randomEffectsOf } from '@cartkin/simulation'
import {
  checkInputs,
  fittedValues,
  hasDoses,
  readInput,
  runPredictiveCheck,
  StudyStopped,
  subjectsFor,
} from '@cartkin/studies'
import type { Json } from '@cartkin/tables'
import { type Assignment, toAssignment, toCount, toNumber, toOneOf, toText } from '../arguments/convert.ts'
import { dataOptionTable, dataReading } from '../arguments/data-arguments.ts'
import { optional, repeated, required } from '../arguments/option.ts'
import {
  checkSuppliedOnce,
  parameterOptionTable,
  parameterValues,
  remedyFor,
  solverOptionTable,
  solverSettings,
  workersOption,
} from '../arguments/solver-arguments.ts'
import { startKindOption, startOption, startOptionTable } from '../arguments/start-arguments.ts'
import { command } from '../command.ts'
import { exitCode } from '../exit-code.ts'
import { Misuse, Stopped } from '../failure.ts'
import { checkedModel, type FoundModel, findModel, tellWarnings } from '../inputs/find-model.ts'
import { dataTimeUnitOption, readEvents } from '../inputs/read-events.ts'
import { chosenRegimen } from '../inputs/treatment.ts'
import { progressLine } from '../output/progress-line.ts'
import { textTable } from '../output/text-table.ts'
import { toJson } from '../output/to-json.ts'

export const vpc = command({
  name: 'vpc',
  summary: 'Visual predictive check: the design of the data simulated many times, with a panel for values below LLOQ',
  positionals: ['MODEL'],
  options: {
    data: required('FILE', 'Event data (CSV): doses, observations (DV), what was measured (DVID)', toText),
    'data-time-unit': dataTimeUnitOption,
    ...dataOptionTable,
    out: required('DIR', 'Folder of the result', toText),
    error: repeated(
      'NAME=ERROR',
      'Residual error of a model that has none: C=lnorm(0.5), C=add(1)+prop(0.2)',
      toAssignment,
    ),
    fit: optional('DIR', 'Result of cartkin fit, whose estimates are used', toText),
    replicates: optional('N', 'How often the design is simulated (500)', toCount(20)),
    seed: optional('S', 'Seed of random effects and residual errors (1)', toCount(0)),
    bins: optional('N|T,T,…', 'Number of bins of time, or the times between them', toBins),
    scale: optional('linear|log', 'Of the observed quantity (by its span)', toOneOf('linear', 'log')),
    regimen: optional('FILE|none', 'Doses, where the data hold none', toText),
    start: startKindOption,
    ...startOptionTable,
    ...parameterOptionTable,
    ...solverOptionTable,
    workers: workersOption,
  },
  examples: [
    'cartkin vpc model.txt --data data.csv --replicates 500 --seed 1 --out results/vpc',
    'cartkin vpc model.txt --data data.csv --fit results/fit --lloq 50 --out results/vpc',
    'cartkin vpc stein-2019 --data copies.csv --error "C=lnorm(0.5)" --lloq 50 --out results/vpc',
  ],
  notes:
    'Subjects keep their doses, covariates and times; random effects (eta ~ variance) or the population of a library model are drawn\nfor each replicate, then residual errors (C ~ prop(sd)). Values below the limit of quantification (--lloq, a column LLOQ, or\nCENS) count as the lowest in data and replicates alike. Equal seeds give equal numbers, for any number of workers.',
  async execute({ positionals: [name = ''], options: given }, io) {
    const found = withErrors(await findModel(name, io), given.error)
    const model = checkedModel(found)
    const reading = dataReading(given)
    const bytes = await readInput(resolve(io.folder, given.data), given.data)
    const data = await readEvents(
      given.data,
      model,
      { timeUnit: given['data-time-unit'], reading, rules: given['record-rules'] },
      io,
    )
    tellWarnings(found, model, io)
    if (hasDoses(data) && given.regimen !== undefined && given.regimen !== 'none')
      throw new Misuse('--data holds doses, and --regimen gives others; leave out --regimen or the doses of the file')
    const regimen = await chosenRegimen(hasDoses(data) ? 'none' : given.regimen, found, model, io)
    const fitted = given.fit === undefined ? {} : await fittedValues(resolve(io.folder, given.fit), given.fit, model)
    const parameters = { ...fitted, ...parameterValues(given.param, model) }
    checkSuppliedOnce(parameters, data)
    checkInputs({ id: name, text: found.text, model }, { parameters, names: data.covariates }, remedyFor(true))
    const population = found.library?.population ?? randomEffectsOf(model)
    if (population === null)
      io.note(`${name}: has no random effects (eta ~ variance); replicates differ by residual errors alone\n`)
    const { replicates = 500, seed = 1, bins, scale } = given
    const solver = solverSettings(given, model)
    // without what was not given
    const options: Json = JSON.parse(
      JSON.stringify({
        ...{ command: 'vpc', replicates, bins, scale, reading, timeUnit: given['data-time-unit'] },
        ...{ regimen, parameters, fit: given.fit, start: startOption(given.start, given, model), solver },
      }),
    )
    const pool = createNodePool(given.workers === undefined ? {} : { size: given.workers })
    const line = progressLine(io, 'Simulating replicates')
    try {
      const { endpoints, note, failed, reason, manifest } = await runPredictiveCheck(
        {
          title: `${found.library?.title ?? basename(name)} against ${basename(given.data)}`,
          source: { id: name, text: found.text, model, library: found.library },
          data: { file: basename(given.data), bytes },
          subjects: subjectsFor(model, data, new Set(Object.keys(parameters))),
          limits: reading.lloq ?? {},
          parameters,
          regimen,
          population,
          start: found.library?.start ?? 0,
          ...startOption(given.start, given, model),
          solver,
          replicates,
          seed,
          ...(bins === undefined ? {} : { bins }),
          ...(scale === undefined ? {} : { scale }),
          options,
          notes: [],
        },
        resolve(io.folder, given.out),
        pool,
        { signal: io.signal, progress: (share) => line.update(share) },
      )
      line.end()
      if (note !== '') io.note(`${given.data}: ${note}\n`)
      if (failed > 0) io.note(`${failed} runs failed and are left out; the first: ${reason}\n`)
      if (given.json) io.out(toJson({ folder: given.out, endpoints, failed, manifest }))
      else
        io.out(
          textTable([
            ['endpoint', 'observations', 'below LLOQ', 'bins', 'percentiles within their 90 % interval'],
            ...endpoints.map(({ quantity, observations, below, lloq, bins: own, inside, percentiles }) => [
              quantity,
              String(observations),
              lloq === null ? '' : String(below),
              String(own.length),
              `${inside} of ${percentiles}`,
            ]),
          ]),
        )
      return failed > 0 ? exitCode.partialFailure : exitCode.ok
    } catch (error) {
      if (error instanceof StudyStopped) throw new Stopped(`${error.message}; nothing was written`)
      throw error
    } finally {
      line.end()
      await pool.close()
    }
  },
})

/** The model with lines of residual errors; throws Misuse where it has its own. */
function withErrors(found: FoundModel, errors: readonly Assignment[]): FoundModel {
  if (errors.length === 0) return found
  if (checkedModel(found).errorModels.length > 0)
    throw new Misuse(`${found.name} has residual errors of its own; leave out --error`)
  const lines = errors.map(({ name, text }) => `${name} ~ ${text}`)
  return { ...found, text: `${found.text.trimEnd()}\n${lines.join('\n')}\n` }
}

function toBins(text: string): number | readonly number[] {
  if (!text.includes(',')) return toCount(1)(text)
  return text.split(',').map(toNumber)
}

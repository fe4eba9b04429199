import { basename, resolve } from 'node:path'
import { randomEffectsOf } from '@cartkin/simulation'
import {
  checkInputs,
  fittedValues,
  hasDoses,
  notedError,
  parsePlan,
  readFitUncertainty,
  residualTexts,
  withResidualLines,
} from '@cartkin/studies'
import { type Assignment, toAssignment, toCount, toNumber, toOneOf, toText } from '../arguments/convert.ts'
import { dataOptionTable, dataReading, saysHowToRead } from '../arguments/data-arguments.ts'
import { flag, optional, repeated, required } from '../arguments/option.ts'
import {
  checkSuppliedOnce,
  parameterOptionTable,
  parameterValues,
  remedyFor,
  solverOptionTable,
  solverSettings,
  workersOption,
} from '../arguments/solver-arguments.ts'
import { plannedStart, startKindOption, startOptionTable } from '../arguments/start-arguments.ts'
import { command } from '../command.ts'
import { exitCode } from '../exit-code.ts'
import { Misuse } from '../failure.ts'
import { checkedModel, type FoundModel, findModel, tellWarnings } from '../inputs/find-model.ts'
import { dataTimeUnitOption, readEvents } from '../inputs/read-events.ts'
import { chosenRegimen } from '../inputs/treatment.ts'
import type { Io } from '../io.ts'
import { textTable } from '../output/text-table.ts'
import { toJson } from '../output/to-json.ts'
import { runStudy } from '../run-study.ts'

export const vpc = command({
  name: 'vpc',
  summary: 'Visual predictive check: the design of the data simulated many times, with a panel for values below LLOQ',
  positionals: ['MODEL'],
  options: {
    data: required('FILE', 'Event data (CSV): doses, observations (DV), what was measured (DVID)', toText),
    'data-time-unit': dataTimeUnitOption,
    ...dataOptionTable,
    observe: repeated('LABEL=NAME', 'What an entry of DVID, y_ID or YTYPE is: 1=C; others are left out', toAssignment),
    out: required('DIR', 'Folder of the result', toText),
    error: repeated(
      'NAME=ERROR',
      'Residual error of a model that has none: C=lnorm(0.5), C=add(1)+prop(0.2); else that of a library note, which is told',
      toAssignment,
    ),
    fit: optional(
      'DIR',
      'Result of cartkin fit, whose estimates are used, and its residual errors where the model has none',
      toText,
    ),
    replicates: optional('N', 'How often the design is simulated (500)', toCount(20)),
    seed: optional('S', 'Seed of random effects and residual errors (1)', toCount(0)),
    bins: optional('N|T,T,…', 'Number of bins of time, or the times between them', toBins),
    stratify: optional(
      'COLUMN',
      'Column whose texts or numbers are checked by themselves, such as the response; of more than 8 numbers the halves at the median',
      toText,
    ),
    'prediction-corrected': flag(
      'Carry every value to the typical prediction of its bin, where doses or covariates differ',
    ),
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
    'cartkin vpc model.txt --data data.csv --stratify RESPONSE --prediction-corrected --bins 0,7,28,90,365 --out results/vpc',
    'cartkin vpc stein-2019 --data patients.csv --lloq 50 --out results/vpc',
    'cartkin vpc stein-2019 --data patients.csv --error "C=lnorm(0.4)" --lloq 50 --out results/vpc',
  ],
  notes:
    'Subjects keep their doses, covariates and times; random effects (eta ~ variance) or the population of a library model are drawn\nfor each replicate, then residual errors (C ~ prop(sd)). Values below the limit of quantification (--lloq, a column LLOQ, or\nCENS) count as the lowest in data and replicates alike. Equal seeds give equal numbers, for any number of workers.',
  async execute({ positionals: [name = ''], options: given }, io) {
    const asked = await findModel(name, io)
    const errors =
      given.error.length > 0
        ? assigned(given.error, '--error')
        : checkedModel(asked).errorModels.length > 0 || given.fit === undefined
          ? {}
          : await errorsOfFit(given.fit, io)
    const isTold = Object.keys(errors).length > 0
    const found = withErrors(asked, isTold ? errors : notedError(checkedModel(asked), asked.library).errors)
    const model = checkedModel(found)
    const reading = dataReading(given)
    const timeUnit = given['data-time-unit']
    const start = plannedStart(given.start, given)
    const data = await readEvents(given.data, model, { timeUnit, reading, rules: given['record-rules'] }, io)
    tellWarnings(found, model, io)
    if (hasDoses(data) && given.regimen !== undefined && given.regimen !== 'none')
      throw new Misuse('--data holds doses, and --regimen gives others; leave out --regimen or the doses of the file')
    const regimen = hasDoses(data) ? 'none' : await chosenRegimen(given.regimen, found, model, io)
    const fitted = given.fit === undefined ? {} : await fittedValues(resolve(io.folder, given.fit), given.fit, model)
    const parameters = { ...fitted, ...parameterValues(given.param, model) }
    checkSuppliedOnce(parameters, data)
    checkInputs({ id: name, text: found.text, model }, { parameters, names: data.covariates }, remedyFor(true))
    const population = found.library?.population ?? randomEffectsOf(model)
    if (population === null)
      io.note(`${name}: has no random effects (eta ~ variance); replicates differ by residual errors alone\n`)
    const { seed, replicates, bins, stratify, scale } = given
    const plan = {
      name: 'vpc',
      title: `${found.library?.title ?? basename(name)} against ${basename(given.data)}`,
      ...(seed === undefined ? {} : { seed }),
      solver: solverSettings(given, model),
      steps: [
        {
          kind: 'predictive-check',
          name: 'vpc',
          model: name,
          ...(isTold ? { errors } : {}),
          data: given.data,
          ...(timeUnit === undefined ? {} : { timeUnit }),
          ...(saysHowToRead(given) ? { reading } : {}),
          ...(given.observe.length === 0 ? {} : { observe: assigned(given.observe, '--observe') }),
          regimen,
          ...(start === undefined ? {} : { start }),
          parameters,
          ...(replicates === undefined ? {} : { replicates }),
          ...(bins === undefined ? {} : { bins }),
          ...(stratify === undefined ? {} : { stratify }),
          ...(given['prediction-corrected'] ? { predictionCorrected: true } : {}),
          ...(scale === undefined ? {} : { scale }),
        },
        { kind: 'report', sections: [{ title: 'Visual predictive check', of: 'vpc' }] },
      ],
    }
    const text = JSON.stringify(plan, null, 2)
    const source = { plan: parsePlan(text, 'vpc'), text, file: `vpc ${name}`, folder: resolve(io.folder) }
    const { results, manifest } = await runStudy(source, given.out, given.workers, io)
    const result = results.get('vpc')
    if (result?.kind !== 'predictive-check') throw new Error('the check gave no result')
    const { endpoints, notes, failed, reason } = result
    for (const note of notes) io.note(`${given.data}: ${note}\n`)
    if (failed > 0) io.note(`${failed} runs failed and are left out; the first: ${reason}\n`)
    if (given.json) io.out(toJson({ folder: given.out, endpoints, failed, manifest }))
    else
      io.out(
        textTable([
          ['endpoint', 'observations', 'below LLOQ', 'bins', 'percentiles within their 90 % interval'],
          ...endpoints.map(({ quantity, stratum, observations, below, lloq, bins: own, inside, percentiles }) => [
            stratum === undefined ? quantity : `${quantity}, ${stratum}`,
            String(observations),
            lloq === null ? '' : String(below),
            String(own.length),
            `${inside} of ${percentiles}`,
          ]),
        ]),
      )
    return failed > 0 ? exitCode.partialFailure : exitCode.ok
  },
})

/** Texts by name; throws Misuse for a name twice. */
function assigned(lines: readonly Assignment[], option: string): Readonly<Record<string, string>> {
  const twice = lines.find(({ name }, k) => lines.findIndex((line) => line.name === name) !== k)
  if (twice) throw new Misuse(`${option} names ${twice.name} twice`)
  return Object.fromEntries(lines.map(({ name, text }) => [name, text]))
}

/** The residual errors of a fit's folder, at its estimates. */
async function errorsOfFit(folder: string, io: Io): Promise<Readonly<Record<string, string>>> {
  const { endpoints, errorParameters, estimates, tied } = await readFitUncertainty(io.folder, folder)
  const all = new Map(Object.entries(errorParameters))
  for (const { name, estimate } of estimates) all.set(name, estimate)
  for (const { name, parameter, factor } of tied) all.set(name, factor * (all.get(parameter) ?? Number.NaN))
  return residualTexts(endpoints, (name) => all.get(name))
}

/** The model with lines of residual errors; throws Misuse where it has its own. */
function withErrors(found: FoundModel, errors: Readonly<Record<string, string>>): FoundModel {
  if (Object.keys(errors).length === 0) return found
  if (checkedModel(found).errorModels.length > 0)
    throw new Misuse(`${found.name} has residual errors of its own; leave out --error`)
  return { ...found, text: withResidualLines(found.text, errors) }
}

function toBins(text: string): number | readonly number[] {
  if (!text.includes(',')) return toCount(1)(text)
  return text.split(',').map(toNumber)
}

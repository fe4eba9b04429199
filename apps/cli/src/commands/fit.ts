import { basename, resolve } from 'node:path'
import {
  type BlqMethod,
  checkFit,
  checkInputs,
  dataForFit,
  type EndpointLine,
  type EstimateLine,
  type FitStepResult,
  hasDoses,
  limitsByLabel,
  notedFit,
  type OwnFit,
  observedQuantities,
  parsePlan,
} from '@cartkin/studies'
import { dataRemarks } from '@cartkin/tables'
import { type Assignment, toAssignment, toCount, toNamedNumber, toNumber, toText } from '../arguments/convert.ts'
import { dataOptionTable, dataReading, saysHowToRead } from '../arguments/data-arguments.ts'
import { flag, type OptionValues, optional, repeated, required } from '../arguments/option.ts'
import { searchOfStep, searchOptionTable, tiesOf, withScalesAndPriors } from '../arguments/search-arguments.ts'
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
import { steeringOfStep, steeringOptionTable, watcherOf } from '../arguments/steering-arguments.ts'
import { checkNoUncertainty, uncertaintyOfStep, uncertaintyOptionTable } from '../arguments/uncertainty-arguments.ts'
import { command } from '../command.ts'
import { exitCode } from '../exit-code.ts'
import { Misuse } from '../failure.ts'
import { checkedModel, findModel, tellWarnings } from '../inputs/find-model.ts'
import { dataTimeUnitOption, readEvents } from '../inputs/read-events.ts'
import { chosenRegimen } from '../inputs/treatment.ts'
import { textTable } from '../output/text-table.ts'
import { toJson } from '../output/to-json.ts'
import { checkText, uncertaintyText } from '../output/uncertainty-text.ts'
import { runStudy } from '../run-study.ts'
import { fitIndividuals, withStarts } from './fit-individuals.ts'

const options = {
  data: required('FILE', 'Event data (CSV): doses, observations (DV), what was measured (DVID)', toText),
  'data-time-unit': dataTimeUnitOption,
  ...dataOptionTable,
  out: optional('DIR', 'Folder of the result (fit-MODEL)', toText),
  individual: flag(
    'Every patient alone; so fits a library model that has a note how, unless --pooled or --estimate says otherwise',
  ),
  'no-profiles': flag('Intervals of individuals from standard errors alone, without profile likelihoods'),
  pooled: flag('All patients together, with one set of estimates'),
  observe: repeated('LABEL=NAME', 'What an entry of DVID, y_ID or YTYPE is: 1=C; others are left out', toAssignment),
  estimate: repeated('NAME,NAME=LO:HI', 'What to estimate, with bounds; residual errors are added', toEstimates),
  endpoint: repeated(
    'NAME=ERROR',
    'What was measured and its error: log, additive, proportional, power, combined, combined1 or least-squares; with +t or +t(DF) a t distribution',
    toEndpoint,
  ),
  blq: optional('M1|M2|M3|M4', 'What is made of values below the limit of quantification (M3)', toBlqMethod),
  start: repeated('NAME=NUMBER', 'Start of an estimated parameter', toNamedNumber),
  regimen: optional('FILE|none', 'Doses, where the data hold none', toText),
  'start-state': startKindOption,
  ...startOptionTable,
  ...parameterOptionTable,
  ...solverOptionTable,
  ...searchOptionTable,
  ...uncertaintyOptionTable,
  ...steeringOptionTable,
  'max-iterations': optional('N', 'Most iterations (500, or 1000 for each parameter with nelder-mead)', toCount(1)),
  workers: workersOption,
}

export const fit = command({
  name: 'fit',
  summary: 'Fit a model to data: estimates with standard errors, predictions and a report',
  positionals: ['MODEL'],
  options,
  examples: [
    'cartkin fit model.txt --data data.csv --out results/fit',
    'cartkin fit stein-2019 --data patients.csv --lloq 50',
    'cartkin fit stein-2019 --data patients.csv --lloq 50 --multi-start 40 --prior beta=0.0032:0.5',
    'cartkin fit model.txt --data data.csv --multi-start 20 --seed 7 --prior ka=1.5:0.3 --out results/fit',
    'cartkin fit model.txt --data data.csv --check',
    'cartkin fit model.txt --data data.csv --interactive --out results/fit',
    'cartkin fit model.txt --data data.csv --steer results/fit/fit-steering.json --trace text',
    'cartkin fit model.txt --data data.csv --profile all --bootstrap 200 --seed 7 --out results/fit',
    'cartkin fit oncology-qsp --data counts.csv --estimate rho,d_E=0.05:1 --endpoint CAR=log --out results/fit',
  ],
  notes:
    'A model text with an ini({ }) block and residual lines (CAR ~ lnorm(sd)) needs neither --estimate nor --endpoint.\nResidual parameters of --endpoint are named CAR.sd (log), CAR.add, CAR.prop, CAR.power (exponent) and CAR.df (of t); --start and --estimate may name them.',
  async execute({ positionals: [name = ''], options: given }, io) {
    const start = plannedStart(given['start-state'], given, '--start-state')
    const twice = given.endpoint.find(({ quantity }, k, all) => all.findIndex((o) => o.quantity === quantity) !== k)
    if (twice) throw new Misuse(`--endpoint names ${twice.quantity} twice`)
    const found = await findModel(name, io)
    const model = checkedModel(found)
    const reading = dataReading(given)
    const isIndividual =
      given.individual || (!given.pooled && found.library?.fitting?.individual === true && !saysWhatToFit(given))
    if (given.individual && given.pooled) throw new Misuse('--individual and --pooled exclude each other')
    const { method } = given
    const solver = solverSettings({ ...given, method: method === 'nelder-mead' ? undefined : method }, model)
    if (isIndividual) {
      checkNoUncertainty(given)
      tellWarnings(found, model, io)
      return fitIndividuals(
        {
          name,
          found,
          model,
          data: given.data,
          timeUnit: given['data-time-unit'],
          reading,
          saysReading: saysHowToRead(given),
          observe: observed(given.observe),
          estimate: estimates(given),
          isWhole: given.estimate.length > 0,
          endpoints: given.endpoint,
          blq: given.blq,
          start,
          regimen: given.regimen,
          parameters: parameterValues(given.param, model),
          solver,
          searching: given,
          maxIterations: given['max-iterations'],
          out: given.out,
          workers: given.workers,
          json: given.json,
          profiles: !given['no-profiles'],
          watch: watcherOf(given, true, io),
        },
        io,
      )
    }
    const observe = observed(given.observe)
    const out = given.out ?? `fit-${basename(name)}`
    const rules = given['record-rules']
    const timeUnit = given['data-time-unit']
    const parameters = parameterValues(given.param, model)
    const known = { id: name, text: found.text, model, library: found.library ?? null }
    const ties = tiesOf(given)
    const asked = {
      model: name,
      data: given.data,
      ...(timeUnit === undefined ? {} : { timeUnit }),
      ...(saysHowToRead(given) ? { reading } : {}),
      ...(given.observe.length === 0 ? {} : { observe }),
      ...(start === undefined ? {} : { start }),
      parameters,
      ...ties,
      ...(given.endpoint.length === 0 ? {} : { endpoints: given.endpoint }),
      ...(given.blq === undefined ? {} : { blq: given.blq }),
      estimate: [],
    } satisfies OwnFit
    const noted = notedFit(asked, known)
    const limits = limitsByLabel(reading, observe, observedQuantities(noted, known))
    const data = await readEvents(given.data, model, { timeUnit, reading: limits, rules }, io)
    tellWarnings(found, model, io)
    for (const { subject, kind, message } of dataRemarks(data, found.library?.horizon))
      if (kind === 'doubt') io.note(`${given.data}: subject ${subject}: ${message}\n`)
    const { notes } = dataForFit(data, noted, known, given.endpoint.length === 0 && noted.endpoints !== undefined)
    for (const note of notes) io.note(`${given.data}: ${note}\n`)
    if (hasDoses(data) && given.regimen !== undefined && given.regimen !== 'none')
      throw new Misuse('--data holds doses, and --regimen gives others; leave out --regimen or the doses of the file')
    const regimen = hasDoses(data) ? 'none' : await chosenRegimen(given.regimen, found, model, io)
    checkSuppliedOnce(parameters, data)
    const lines = given.estimate.length > 0 ? estimates(given) : withStarts(noted.estimate, estimates(given))
    const estimated = withScalesAndPriors(lines, given, model)
    const names = [...data.covariates, ...estimated.map((line) => line.name)]
    checkInputs({ id: name, text: found.text, model }, { parameters, names }, remedyFor(true))
    const held = model.omega.flatMap(({ names }) => names)
    if (held.length > 0)
      io.note(`${name}: random effects (${held.join(', ')}) are held at 0: one set of estimates for all subjects\n`)
    const watch = watcherOf(given, false, io)
    const steering = await steeringOfStep(given, io)
    // commands count the iterations of one search
    const oneSearch =
      (given.interactive || given.steer !== undefined) && found.library?.fitting !== undefined
        ? { multiStart: { starts: 1 } }
        : {}
    const plan = {
      name: 'fit',
      title: `${found.library?.title ?? basename(name)} fitted to ${basename(given.data)}`,
      ...(given.seed === undefined ? {} : { seed: given.seed }),
      solver,
      steps: [
        {
          kind: 'fit',
          name: 'fit',
          problem: { ...asked, regimen, estimate: estimated },
          ...oneSearch,
          ...searchOfStep(given),
          ...uncertaintyOfStep(given, data.subjects.length),
          ...steering,
          ...(given['max-iterations'] === undefined ? {} : { maxIterations: given['max-iterations'] }),
        },
        { kind: 'report', sections: [{ title: 'Fit', of: 'fit' }] },
      ],
    }
    const text = JSON.stringify(plan, null, 2)
    const source = { plan: parsePlan(text, 'fit'), text, file: `fit ${name}`, folder: resolve(io.folder) }
    if (given.check) {
      const check = await checkFit(source)
      if (given.json) io.out(toJson(check))
      else if (check.status === 'evaluated') io.out(checkText(check))
      if (check.status === 'evaluated') return exitCode.ok
      io.note(`the model cannot be evaluated at the start values: ${check.reason}\n`)
      return exitCode.partialFailure
    }
    const { results, manifest } = await runStudy(source, out, given.workers, io, watch)
    const fitted = results.get('fit')
    if (fitted?.kind === 'fit')
      for (const note of [fitted.fittingNote, fitted.blqNote, fitted.refitNote]) if (note !== '') io.note(`${note}\n`)
    const best = fitted?.kind === 'fit' ? fitted.fits[fitted.best]?.result : undefined
    const starts = fitted?.kind === 'fit' ? fitted.waterfall?.message : undefined
    const uncertainty = fitted?.kind === 'fit' ? fitted.uncertainty : undefined
    if (!best || !uncertainty) throw new Error('the fit gave no result')
    if (given.json) io.out(toJson({ folder: out, ...best, predictions: undefined, starts, ...uncertainty, manifest }))
    else {
      const corners = new Set(best.kinks.map(({ name }) => name))
      for (const { name, parameter } of best.tied) if (corners.has(parameter)) corners.add(name)
      const withoutError = (name: string) => (corners.has(name) ? 'at a corner' : 'not identified')
      io.out(
        textTable([
          ['parameter', 'start', 'estimate', 'standard error', '95 % interval'],
          ...[...best.estimates, ...best.tied].map(
            ({ name: parameter, start, estimate, standardError, lower95, upper95, atBound }) => [
              parameter,
              start.toPrecision(4),
              estimate.toPrecision(5) + (atBound ? ` (at its ${atBound} bound)` : ''),
              Number.isFinite(standardError) ? standardError.toPrecision(3) : atBound ? '' : withoutError(parameter),
              Number.isFinite(lower95) && Number.isFinite(upper95)
                ? `${lower95.toPrecision(4)} to ${upper95.toPrecision(4)}`
                : '',
            ],
          ),
        ]),
      )
      for (const { message } of [...best.kinks, ...best.collinear]) io.out(`${message}\n`)
      if (starts !== undefined) io.out(`${starts}\n`)
      io.out(
        uncertaintyText(
          uncertainty,
          best.estimates.map(({ name: parameter }) => parameter),
        ),
      )
      io.out(`${best.objectiveKind} ${best.objective.toPrecision(8)} after ${best.iterations} iterations\n`)
    }
    for (const note of fitted?.kind === 'fit' ? fitted.steeringNotes : []) io.note(`${note}\n`)
    if (best.outcome.status === 'stopped' || io.signal.aborted) return exitCode.stopped
    if (best.outcome.status === 'converged') return exitCode.ok
    io.note(`the fit did not converge: ${whyNot(best.outcome, best.iterations)}\n`)
    return exitCode.partialFailure
  },
})

type FitOutcome = FitStepResult['fits'][number]['result']['outcome']

function whyNot(outcome: FitOutcome, iterations: number): string {
  if ('message' in outcome)
    return iterations > 0
      ? outcome.message
      : `${outcome.message}; start elsewhere (--start), or lower --atol where a prediction should be small and positive`
  return outcome.status === 'iteration-limit'
    ? `it had not when its ${iterations} iterations were over; allow more with --max-iterations, or start at the estimates above`
    : outcome.status
}

/** Whether it is said what is fitted, which a library model's own note would otherwise say. */
function saysWhatToFit({ estimate, endpoint }: Pick<OptionValues<typeof options>, 'estimate' | 'endpoint'>): boolean {
  return estimate.length > 0 || endpoint.length > 0
}

function observed(lines: readonly Assignment[]): Readonly<Record<string, string>> {
  const twice = lines.find(({ name }, k) => lines.findIndex((line) => line.name === name) !== k)
  if (twice) throw new Misuse(`--observe names ${twice.name} twice`)
  return Object.fromEntries(lines.map(({ name, text }) => [name, text]))
}

/** `a,b=lo:hi,c`. */
function toEstimates(text: string): readonly EstimateLine[] {
  return text.split(',').map((part) => {
    if (!part.includes('=')) {
      if (part === '') throw new RangeError('expected NAME or NAME=LO:HI between commas')
      return { name: part }
    }
    const { name, text: range } = toAssignment(part)
    const [lower, upper, ...rest] = range.split(':')
    if (lower === undefined || upper === undefined || rest.length > 0)
      throw new RangeError(`expected ${name}=LO:HI, its bounds; where it starts is said by --start ${name}=…`)
    return { name, lower: toNumber(lower), upper: toNumber(upper) }
  })
}

const errorNames = ['log', 'additive', 'proportional', 'power', 'combined', 'combined1', 'least-squares'] as const

/** `NAME=ERROR`, `NAME=ERROR+t` or `NAME=ERROR+t(DF)`. */
function toEndpoint(text: string): EndpointLine {
  const { name, text: written } = toAssignment(text)
  const [named = '', student, ...rest] = written.split('+')
  const error = errorNames.find((known) => known === named)
  if (error === undefined || rest.length > 0)
    throw new RangeError(
      `the error of ${name} is log, additive, proportional, power, combined, combined1 or least-squares, with +t or +t(DF) for a t distribution, got ${written}`,
    )
  if (student === undefined) return { quantity: name, error }
  if (error === 'least-squares')
    throw new RangeError(`least squares know no t distribution; name another error of ${name}`)
  if (student === 't') return { quantity: name, error, distribution: { kind: 't' } }
  const inner = student.startsWith('t(') && student.endsWith(')') ? student.slice(2, -1) : ''
  const df = inner === '' ? Number.NaN : toNumber(inner)
  if (!(df > 0)) throw new RangeError(`the distribution of ${name} is t or t(DF) with DF above 0, got ${student}`)
  return { quantity: name, error, distribution: { kind: 't', df } }
}

function toBlqMethod(text: string): BlqMethod {
  switch (text) {
    case 'M1':
    case 'M2':
    case 'M3':
    case 'M4':
      return text
    default:
      throw new RangeError(`expected M1, M2, M3 or M4, got ${text}`)
  }
}

/** Estimates with their starts; a start alone says that the parameter is estimated too. */
function estimates({
  estimate,
  start,
}: Pick<OptionValues<typeof options>, 'estimate' | 'start'>): readonly EstimateLine[] {
  const lines = new Map(estimate.flat().map((line) => [line.name, line]))
  const twice = estimate.flat().find((line, k, all) => all.findIndex(({ name }) => name === line.name) !== k)
  if (twice) throw new Misuse(`--estimate names ${twice.name} twice`)
  for (const [name, value] of start) lines.set(name, { name, ...lines.get(name), start: value })
  return [...lines.values()]
}

import { resolve } from 'node:path'
import type { SolverSettings } from '@cartkin/compute'
import type { Model } from '@cartkin/model'
import {
  decisionTable,
  observationQuantities,
  type Quantity,
  quantities,
  type RandomEffectsPopulation,
  randomEffectsOf,
  type Subject,
  type VirtualPopulation,
} from '@cartkin/simulation'
import { checkInputs, hasDoses, type KeptFit, parseTimes, readFitUncertainty, subjectsFor } from '@cartkin/studies'
import { type EventData, nonmemCsv, tableToCsv } from '@cartkin/tables'
import { toCount, toText } from '../arguments/convert.ts'
import { dataOptionTable, dataReading, saysHowToRead } from '../arguments/data-arguments.ts'
import { flag, optional } from '../arguments/option.ts'
import {
  checkKnown,
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
import { checkSize } from '../courses/check-size.ts'
import { measureSolve } from '../courses/measure-solve.ts'
import { simulateEvents } from '../courses/simulate-events.ts'
import { simulateOne } from '../courses/simulate-one.ts'
import { simulatePopulation } from '../courses/simulate-population.ts'
import { simulateUncertain } from '../courses/simulate-uncertain.ts'
import { failureOf, type Simulated } from '../courses/simulated.ts'
import { exitCode } from '../exit-code.ts'
import { BadInput, Misuse } from '../failure.ts'
import { chosenScenario } from '../inputs/chosen-scenario.ts'
import { checkedModel, type FoundModel, findModel, tellWarnings } from '../inputs/find-model.ts'
import { dataTimeUnitOption, readEvents } from '../inputs/read-events.ts'
import { chosenFilters, chosenRegimen, chosenRules } from '../inputs/treatment.ts'
import type { Io } from '../io.ts'
import { checkFile, checkTarget, deliver, deliverBytes } from '../output/deliver.ts'
import { toJson } from '../output/to-json.ts'

export const simulate = command({
  name: 'simulate',
  summary: 'Run a model: one patient, the subjects of a data file, or virtual patients',
  positionals: ['MODEL'],
  options: {
    scenario: optional(
      'ID',
      'A course of the library model beside its default: its doses and parameter values',
      toText,
    ),
    regimen: optional('FILE|none', 'Doses (YAML); a library model brings its own, none drops it', toText),
    rules: optional('FILE', 'Rules (YAML) by which doses are decided while the model runs', toText),
    decisions: optional('FILE', 'Doses that rules decided, as event records, .arrow or .csv', toText),
    records: optional('FILE', 'All that was given, decided doses too, as a NONMEM data set for --events, .csv', toText),
    events: optional('FILE', 'Event data (CSV): doses and observation rows of each subject', toText),
    'data-time-unit': dataTimeUnitOption,
    ...dataOptionTable,
    ...parameterOptionTable,
    times: optional('FROM:TO:BY', 'Times of the result, such as -5:365:0.25 or 0,7,14,28', parseTimes),
    start: startKindOption,
    ...startOptionTable,
    ...solverOptionTable,
    population: optional('N', 'Number of virtual patients', toCount(1)),
    filters: optional('FILE', 'What virtual patients must be like (YAML); others are drawn anew, and counted', toText),
    percentiles: flag('Percentiles over the virtual patients by time, in place of their courses'),
    quantities: optional('NAME,NAME', 'Quantities of virtual patients that are wanted (all)', toText),
    'random-effects': flag('Draw the random effects of the model for each subject of --events, and for its occasions'),
    uncertainty: optional(
      'DIR',
      'A result of fit: bands over its parameter uncertainty, of the typical course and of predictions',
      toText,
    ),
    draws: optional('N', 'Parameter vectors drawn from the uncertainty (200)', toCount(2, 100_000)),
    observations: flag('Add simulated observations: predictions with the residual errors of the model drawn on'),
    seed: optional('S', 'Seed of virtual patients, random effects and simulated observations (1)', toCount(0)),
    workers: workersOption,
    timing: flag('Repeat the solve and report times and work (with --json)'),
    out: optional('FILE', 'Result, .arrow or .csv; without it CSV goes to the standard output', toText),
  },
  examples: [
    'cartkin simulate lupus-qsp --times -5:365:0.25 --out lupus.csv',
    'cartkin simulate oncology-qsp --param dose=1e6 WT=70 --times 0:28:1',
    'cartkin simulate lupus-qsp --population 200 --seed 7 --times -5:365:1 --out patients.arrow',
    'cartkin simulate lupus-qsp --population 10000 --percentiles --quantities CAR,B,SLEDAI --out bands.arrow',
    'cartkin simulate oncology-flu-cy --scenario weak-kidney --times -7:60:0.5 --out weak-kidney.csv',
    'cartkin simulate model.txt --uncertainty results/fit --draws 500 --times 0:28:0.5 --out bands.csv',
    'cartkin simulate lupus-qsp --regimen none --start steady-state --times 0:365:1',
    'cartkin simulate model.txt --events data.csv --out predictions.csv',
    'cartkin simulate oncology-qsp --rules rules.yaml --decisions given.csv --out course.csv',
    'cartkin simulate model.txt --population 500 --observations --percentiles --times 0:28:1 --out bands.csv',
  ],
  notes:
    'Columns are id (where there are several subjects), time, the states in model order, then the outputs. With --events and\nwithout --times there is one row per observation row (EVID 0), in the order of the file. Doses in the file replace those\nof a library model. With --percentiles they are quantity, time, p5, p25, p50, p75 and p95.\nWith --uncertainty they are band, quantity, time and percentiles over the draws: confidence (the typical course) and prediction\n(a patient drawn with each vector, where there is a population, and a measured value such as CAR.sim). With --observations every residual\nerror of the model (CAR ~ prop(sd)) adds a column CAR.sim after the outputs: one observation drawn for each row. Equal\nseeds give equal numbers, for any number of workers.',
  async execute({ positionals: [name = ''], options }, io) {
    const { out, population, events, timing, json } = options
    if (population !== undefined && events !== undefined)
      throw new Misuse('--population draws patients, --events reads them from a file; give one of the two')
    if (options['data-time-unit'] !== undefined && events === undefined)
      throw new Misuse('--data-time-unit is of the times in --events; give the file too')
    if (saysHowToRead(options) && events === undefined)
      throw new Misuse(
        '--column, --ignore, --missing, --lloq, --log-dv and --decimal are of the data in --events; give the file too',
      )
    if (timing && (population !== undefined || events !== undefined))
      throw new Misuse('--timing measures one patient; leave out --population and --events')
    if (options.percentiles && population === undefined)
      throw new Misuse('--percentiles are of virtual patients; say how many with --population')
    if (options.filters !== undefined && population === undefined)
      throw new Misuse('--filters are of virtual patients; say how many with --population')
    if (options.quantities !== undefined && population === undefined && options.uncertainty === undefined)
      throw new Misuse('--quantities are of virtual patients; say how many with --population')
    checkUncertain(options)
    if (options['random-effects'] && events === undefined)
      throw new Misuse('--random-effects are drawn for the subjects of --events; virtual patients have them anyway')
    if (
      options.seed !== undefined &&
      population === undefined &&
      !options.observations &&
      !options['random-effects'] &&
      options.uncertainty === undefined
    )
      throw new Misuse(
        '--seed is of virtual patients, random effects, simulated observations and draws; say --population N, --random-effects, --observations or --uncertainty',
      )
    if (timing && options.rules !== undefined)
      throw new Misuse('--timing measures a solve without decisions; leave out --rules')
    if (out !== undefined) await checkTarget(out, io)
    if (options.decisions !== undefined) await checkTarget(options.decisions, io)
    if (options.records !== undefined) {
      if (population !== undefined)
        throw new Misuse('--records writes what patients were given whose parameters are known; leave out --population')
      if (!options.records.toLowerCase().endsWith('.csv'))
        throw new Misuse(`--records ${options.records}: the name must end in .csv`)
      await checkFile(options.records, io, 'records.csv')
    }

    const found = await findModel(name, io)
    const model = checkedModel(found)
    const reading = {
      timeUnit: options['data-time-unit'],
      reading: dataReading(options),
      rules: options['record-rules'],
    }
    const data = events === undefined ? null : await readEvents(events, model, reading, io)
    if (data && hasDoses(data) && options.regimen !== undefined && options.regimen !== 'none')
      throw new Misuse('--events holds doses, and --regimen gives others; leave out --regimen or the doses of the file')
    tellWarnings(found, model, io)
    const scenario = chosenScenario(options.scenario, found)
    const parameters = { ...scenario?.parameters, ...parameterValues(options.param, model) }
    if (data) checkSuppliedOnce(parameters, data)
    const { uncertainty } = options
    const fitted = uncertainty === undefined ? null : await readFitUncertainty(resolve(io.folder), uncertainty)
    const drawn = [...(fitted?.estimated ?? []), ...(fitted?.tied ?? []), ...(fitted?.held ?? [])].map(
      (one) => one.name,
    )
    checkInputs(
      { id: name, text: found.text, model },
      { parameters, names: [...(data?.covariates ?? []), ...drawn] },
      remedyFor(data !== null),
    )
    const solver: SolverSettings = solverSettings(options, model)
    const asked = data && hasDoses(data) ? 'none' : options.regimen
    const regimen = asked === undefined && scenario ? scenario.regimen : await chosenRegimen(asked, found, model, io)
    const rules = await chosenRules(options.rules, model, io)
    const filters = await chosenFilters(options.filters, io)
    const start = found.library?.start ?? 0
    const startState = startOption(options.start, options, model)
    const observed = options.observations ? observedQuantities(found, model) : []
    const readable = wantedQuantities(options.quantities, [...quantities(model), ...observed])
    const seed = options.seed ?? 1
    const asText = out === undefined || out.toLowerCase().endsWith('.csv')
    const simulated = data ? await ofEvents(data) : await oneOrMany()

    const failures = simulated.runs.flatMap(({ id, outcome }) => {
      const reason = failureOf(outcome)
      return reason === null ? [] : [{ id, reason }]
    })
    for (const { id, reason } of failures)
      io.note(simulated.runs.length > 1 ? `subject ${id}: ${reason}\n` : `${reason}\n`)
    const file = out === undefined ? null : await deliver(simulated.table, out, io)
    if (options.decisions !== undefined)
      await deliver(decisionTable(simulated.decided, model.timeUnit), options.decisions, io)
    if (options.records !== undefined) await deliverRecords(simulated.given ?? [], options.records, model, io)
    report({ found, model, simulated, file, json, failures, timing: timing ? measured() : null }, io)
    return failures.length > 0 ? exitCode.partialFailure : exitCode.ok

    function ofEvents(read: EventData): Promise<Simulated> {
      const subjects = subjectsFor(model, read, new Set(Object.keys(parameters)))
      const { text } = found
      const { times } = options
      if (times) checkSize({ subjects: subjects.length, times: times.length, columns: readable.length + 2 }, asText)
      const course = { text, parameters, rules, start, ...startState, solver }
      if (options['random-effects']) checkOccasions(model, subjects, name)
      const draws = { effects: options['random-effects'] ? seed : null, seed: observed.length > 0 ? seed : null }
      return simulateEvents({ scenario: course, model, subjects, regimen, times, ...draws }, io)
    }

    async function oneOrMany(): Promise<Simulated> {
      const times = options.times ?? defaultTimes(found)
      if (fitted !== null && uncertainty !== undefined) return uncertain(fitted, uncertainty, times)
      if (!options.percentiles)
        checkSize({ subjects: population ?? 1, times: times.length, columns: readable.length + 2 }, asText)
      const endpoints = found.library?.endpoints ?? []
      const course = {
        text: found.text,
        parameters,
        doses: { regimen },
        rules,
        ...(found.library?.extinction !== undefined && { extinction: found.library.extinction }),
        start,
        ...startState,
        solver,
        times,
        endpoints,
      }
      const observations = observed.length > 0 ? { observations: { seed, subject: 0 } } : {}
      if (population === undefined) return simulateOne({ kind: 'simulate', ...course, ...observations }, io)
      // without random effects simulated observations still differ
      const own: VirtualPopulation | RandomEffectsPopulation | null =
        found.library?.population ?? randomEffectsOf(model) ?? (observed.length > 0 ? { randomEffects: [] } : null)
      if (!own)
        throw new BadInput(
          `${name}: has no virtual population: neither random effects (eta ~ variance) nor one of the library`,
        )
      const job = {
        kind: 'population' as const,
        ...course,
        population: { ...own, filters: [...(own.filters ?? []), ...filters] },
        seed,
        from: 0,
        count: population,
        quantities: readable.map((quantity) => quantity.name),
      }
      const { percentiles, workers } = options
      return simulatePopulation({ job, readable, percentiles, workers }, io)
    }

    async function uncertain(fit: KeptFit, folder: string, times: Float64Array): Promise<Simulated> {
      const { draws = 200, workers } = options
      checkSize({ subjects: draws, times: times.length, columns: 2 * readable.length }, false)
      const { extinction } = found.library ?? {}
      const given = { text: found.text, parameters, doses: { regimen }, rules, start, ...startState, solver, times }
      const course = { ...given, ...(extinction !== undefined && { extinction }) }
      const population = found.library?.population ?? randomEffectsOf(model)
      const run = { fit, folder, draws, seed, course, model, readable, population: population ?? null }
      return simulateUncertain({ ...run, workers }, io)
    }

    function measured() {
      const times = options.times ?? defaultTimes(found)
      return measureSolve(found.text, { parameters, regimen, times, start, ...startState, solver })
    }
  },
})

/** Throws Misuse for what bands over the uncertainty of a fit do not go with. */
function checkUncertain(options: {
  readonly uncertainty: string | undefined
  readonly draws: number | undefined
  readonly population: number | undefined
  readonly events: string | undefined
  readonly observations: boolean
  readonly timing: boolean
  readonly decisions: string | undefined
  readonly records: string | undefined
}): void {
  if (options.uncertainty === undefined) {
    if (options.draws !== undefined)
      throw new Misuse('--draws are of the uncertainty of a fit; give its folder with --uncertainty')
    return
  }
  for (const name of ['population', 'events', 'observations', 'timing', 'decisions', 'records'] as const)
    if (options[name] !== undefined && options[name] !== false)
      throw new Misuse(
        `--uncertainty writes bands over draws, with a patient and a measured value for each; leave out --${name}`,
      )
}

/** What subjects were given as a NONMEM data set; what NONMEM should know of it is told. */
async function deliverRecords(subjects: readonly Subject[], path: string, model: Model, io: Io): Promise<void> {
  const given = subjects.filter(({ records }) => records.length > 0)
  if (given.length === 0)
    throw new BadInput(`--records ${path}: nobody was given anything, so there is nothing to write`)
  const compartments = model.states.map(({ name }) => name)
  const { text, notes } = nonmemCsv(given, { compartments, timeUnit: model.timeUnit })
  await deliverBytes(new TextEncoder().encode(text), path, io)
  for (const note of notes) io.note(`${path}: ${note}\n`)
}

/** What `--observations` adds; throws BadInput where the model has no residual errors. */
function observedQuantities({ name }: FoundModel, model: Model): readonly Quantity[] {
  if (model.errorModels.length === 0)
    throw new BadInput(`${name}: has no residual errors to draw observations with, such as C ~ prop(sd)`)
  try {
    return observationQuantities(model)
  } catch (error) {
    if (error instanceof RangeError) throw new BadInput(`${name}: ${error.message}`)
    throw error
  }
}

/** Throws BadInput where there are no random effects to draw, or the data do not tell their occasions apart. */
function checkOccasions({ omega }: Model, subjects: readonly Subject[], name: string): void {
  if (omega.length === 0) throw new BadInput(`${name}: has no random effects to draw, such as eta ~ 0.1 in ini({ })`)
  for (const { level, names } of omega) {
    const without = subjects.find(({ occasions = [] }) => !occasions.some((entry) => entry.level === level))
    if (level !== 'id' && without !== undefined)
      throw new BadInput(
        `${name}: ${names.join(', ')} ~ … | ${level} is drawn for each value of a column ${level}, of which subject ${without.id} has none`,
      )
  }
}

/** The quantities named, in their order; all where none is. */
function wantedQuantities(names: string | undefined, readable: readonly Quantity[]): readonly Quantity[] {
  if (names === undefined) return readable
  const known = readable.map(({ name }) => name)
  const wanted = new Set(names.split(',').map((name) => name.trim()))
  for (const name of wanted) checkKnown(name, known, '--quantities', 'a state or output of the model')
  return [...wanted].flatMap((name) => readable[known.indexOf(name)] ?? [])
}

/** By the day from the first dose to the horizon of a library model. */
function defaultTimes({ name, library }: FoundModel): Float64Array {
  if (!library) throw new Misuse(`--times is needed for ${name}, such as --times 0:28:0.5`)
  const first = Math.min(0, ...library.regimen.doses.map(({ time }) => time))
  return parseTimes(`${first}:${library.horizon}:1`)
}

interface Report {
  readonly found: FoundModel
  readonly model: Model
  readonly simulated: Simulated
  readonly file: { readonly file: string } | null
  readonly json: boolean
  readonly failures: readonly { readonly id: string; readonly reason: string }[]
  readonly timing: object | null
}

function report({ found, simulated, file, json, failures, timing }: Report, io: Io): void {
  const { table, details, decided } = simulated
  const rows = table.columns[0]?.values.length ?? 0
  if (json) {
    io.out(
      toJson({
        model: found.name,
        rows,
        columns: table.columns.map(({ name }) => name),
        ...details,
        ...(decided.some((subject) => subject.decided.length > 0)
          ? {
              decided: decided.flatMap(({ id, decided: doses }) =>
                doses.map(({ rule, label, decidedAt, record }) => ({ id, rule, label, decidedAt, ...record })),
              ),
            }
          : {}),
        failures,
        ...(file ? { file } : { table: Object.fromEntries(table.columns.map(({ name, values }) => [name, values])) }),
        ...(timing ? { timing } : {}),
      }),
    )
    return
  }
  if (file) io.out(`${file.file}: ${rows} rows, ${table.columns.length} columns\n`)
  else io.out(tableToCsv(table))
  if (timing) io.note(toJson({ timing }))
}

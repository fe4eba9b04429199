import { basename, resolve } from 'node:path'
import type { Model } from '@cartkin/model'
import { type InputLine, parsePlan, parseTimes, type SensitivityFindings } from '@cartkin/studies'
import {
  toAssignment,
  toCount,
  toFraction,
  toNamedNumber,
  toNumber,
  toOneOf,
  toPositive,
  toText,
} from '../arguments/convert.ts'
import { flag, optional, repeated, required } from '../arguments/option.ts'
import {
  parameterOptionTable,
  parameterValues,
  solverOptionTable,
  solverSettings,
  workersOption,
} from '../arguments/solver-arguments.ts'
import { plannedStart, startKindOption, startOptionTable } from '../arguments/start-arguments.ts'
import { command } from '../command.ts'
import { exitCode } from '../exit-code.ts'
import { Misuse } from '../failure.ts'
import { chosenScenario } from '../inputs/chosen-scenario.ts'
import { checkedModel, type FoundModel, findModel, tellWarnings } from '../inputs/find-model.ts'
import { chosenRegimen } from '../inputs/treatment.ts'
import { textTable } from '../output/text-table.ts'
import { toJson } from '../output/to-json.ts'
import { runStudy } from '../run-study.ts'

/** Inputs of each output that are printed. */
const mostPrinted = 10

/** `--method` is that of the analysis here; the solver's is chosen by itself. */
const { method: _, ...toleranceTable } = solverOptionTable

const options = {
  method: optional('sobol|morris|local', 'How (sobol)', toOneOf('sobol', 'morris', 'local')),
  endpoint: optional(
    'NAME,…',
    'Endpoints (needed); of the library model, or NAME=QUANTITY:KIND such as peak=C:maximum',
    toOutputs,
  ),
  parameters: repeated(
    'NAME,NAME=LO:HI',
    'What varies, with ranges LO:HI, factors xLO:xHI or a standard deviation ~SD (all that the population varies)',
    toInputs,
  ),
  samples: optional(
    'N',
    'Of sobol: samples, a power of two (1024); of morris: trajectories (20)',
    toCount(2, 1_000_000),
  ),
  precision: optional('WIDTH', 'Of sobol: end where no interval of a total index is wider', toPositive),
  'second-order': flag('Of sobol: shares of pairs, too'),
  level: optional('NUMBER', 'Level of the intervals (0.95)', toFraction),
  log: optional('NAME,…', 'Endpoints whose logarithm is analysed: those over orders of magnitude', toNames),
  undefined: repeated('NAME=NUMBER', 'Value of an endpoint in runs where it is not defined', toNamedNumber),
  scenario: optional('ID', 'A course of the library model beside its default', toText),
  regimen: optional('FILE|none', 'Doses (YAML); a library model brings its own', toText),
  times: optional('FROM:TO:BY', 'Runs end at the last; of local: times of the sensitivities', parseTimes),
  start: startKindOption,
  ...startOptionTable,
  ...parameterOptionTable,
  ...toleranceTable,
  seed: optional('S', 'Seed of designs and intervals (1)', toCount(0)),
  workers: workersOption,
  out: required('DIR', 'Folder of the result', toText),
}

export const sensitivity = command({
  name: 'sensitivity',
  summary: 'What matters for an endpoint: Sobol indices, elementary effects (Morris), one at a time',
  positionals: ['MODEL'],
  options,
  examples: [
    'cartkin sensitivity lupus-qsp --endpoint B_return_day,IL6_peak --log IL6_peak --samples 512 --out results/sobol',
    'cartkin sensitivity lupus-qsp --method morris --endpoint IL6_peak --parameters rho,F_inf=0.1:1,d_E=x0.5:x2 --out results/morris',
    'cartkin sensitivity model.txt --method local --endpoint peak=C:maximum,late=C:value@28 --parameters k,V --times 0:28:0.5 --out results/local',
  ],
  notes:
    'A name alone varies as in the population of the model, else from half to twice its value. Ranges are logarithmic where all of\nthem is positive. Kinds of endpoints: maximum, minimum, timeOfMaximum, timeOfMinimum, auc, and with a number after @: value,\nfirstBelow, firstAbove, timeBelow, timeAbove. Equal seeds give equal numbers, for any number of workers.',
  async execute({ positionals: [name = ''], options: given }, io) {
    const start = plannedStart(given.start, given)
    const found = await findModel(name, io)
    const model = checkedModel(found)
    tellWarnings(found, model, io)
    chosenScenario(given.scenario, found)
    const method = given.method ?? 'sobol'
    const inputs = given.parameters.flat()
    const asked = given.endpoint ?? []
    if (asked.length === 0) throw new Misuse(endpointsText(found, model))
    const own = asked.flatMap(({ definition }) => definition ?? [])
    const plan = {
      name: 'sensitivity',
      title: `${found.library?.title ?? basename(name)}: what matters`,
      seed: given.seed ?? 1,
      solver: solverSettings({ ...given, method: undefined }, model),
      steps: [
        {
          kind: 'sensitivity',
          name: 'sensitivity',
          model: name,
          ...(given.scenario !== undefined && { scenario: given.scenario }),
          ...(given.regimen !== undefined && { regimen: await plannedRegimen(given.regimen) }),
          parameters: parameterValues(given.param, model),
          times: timesText(given.times, found),
          ...(start !== undefined && { start }),
          endpoints: own,
          method,
          outputs: asked.map((line) => line.name),
          ...(inputs.length > 0 && { inputs }),
          ...(given.samples !== undefined && { samples: given.samples }),
          secondOrder: given['second-order'],
          ...(given.precision !== undefined && { precision: given.precision }),
          ...(given.level !== undefined && { level: given.level }),
          logarithms: given.log ?? [],
          undefinedAs: Object.fromEntries(given.undefined),
        },
        { kind: 'report', sections: [{ title: 'Sensitivity', of: 'sensitivity' }] },
      ],
    }
    const text = JSON.stringify(plan, null, 2)
    const source = {
      plan: parsePlan(text, 'sensitivity'),
      text,
      file: `sensitivity ${name}`,
      folder: resolve(io.folder),
    }
    const { results, manifest } = await runStudy(source, given.out, given.workers, io)
    const result = results.get('sensitivity')
    if (result?.kind !== 'sensitivity') throw new Error('the sensitivity analysis gave no result')
    const { found: analysis } = result
    const { runs, failed } = analysis.result
    if (given.json) io.out(toJson({ folder: given.out, method: analysis.method, ...analysis.result, manifest }))
    else {
      result.endpoints.forEach((endpoint, k) => {
        io.out(`${endpoint.name}: ${endpoint.label}\n${textTable(printed(result, k))}\n`)
      })
      io.out(`${runs} runs, ${failed} failed; ${given.out}/report.html\n`)
    }
    if (analysis.method !== 'local')
      for (const { name: output, undefinedRuns } of analysis.result.outputs)
        if (undefinedRuns > 0)
          io.note(
            `${output} is not defined in ${undefinedRuns} of ${runs} runs, which are left out; --undefined ${output}=VALUE counts them\n`,
          )
    return failed > 0 ? exitCode.partialFailure : exitCode.ok

    async function plannedRegimen(asked: string) {
      return asked === 'none' ? 'none' : chosenRegimen(asked, found, model, io)
    }
  },
})

/** What --endpoint may name, by lines. */
function endpointsText({ name, library }: FoundModel, { states, outputs }: Model): string {
  const known = library?.endpoints ?? []
  const quantity = (outputs.at(-1) ?? states.at(-1))?.name ?? 'y'
  const quantities = [...states, ...outputs].map((one) => one.name)
  const own = `--endpoint peak=${quantity}:maximum; quantities are ${quantities.join(', ')}`
  if (known.length === 0)
    return `--endpoint NAME,… is needed; ${name} has no endpoints of its own, so define one: ${own}`
  const width = Math.max(...known.map((endpoint) => endpoint.name.length))
  const lines = known.map((endpoint) => `  ${endpoint.name.padEnd(width)}  ${endpoint.label}`)
  return `--endpoint NAME,… is needed; ${name} has:\n${lines.join('\n')}\nor define one: ${own}`
}

/** The most important inputs of an output, as lines. */
function printed({ found }: SensitivityFindings, k: number): readonly (readonly string[])[] {
  const number = (value: number) => (Number.isNaN(value) ? '' : value.toPrecision(3))
  const range = ({ lower, upper }: { readonly lower: number; readonly upper: number }) =>
    Number.isNaN(lower) ? '' : `${lower.toPrecision(3)} to ${upper.toPrecision(3)}`
  switch (found.method) {
    case 'sobol': {
      const indices = largest(found.result.outputs[k]?.indices ?? [], ({ total }) => total.value)
      return [
        ['input', 'total', 'interval', 'first order', 'interval'],
        ...indices.map(({ input, first, total }) => [
          input,
          number(total.value),
          range(total),
          number(first.value),
          range(first),
        ]),
      ]
    }
    case 'morris': {
      const effects = largest(found.result.outputs[k]?.effects ?? [], ({ muStar }) => muStar.value)
      return [
        ['input', 'mu*', 'interval', 'mu', 'sigma'],
        ...effects.map(({ input, mu, muStar, sigma }) => [
          input,
          number(muStar.value),
          range(muStar),
          number(mu.value),
          number(sigma.value),
        ]),
      ]
    }
    case 'local': {
      const { base = Number.NaN, bars = [] } = found.result.outputs[k] ?? {}
      const moved = largest(bars, ({ atLow, atHigh }) =>
        Math.max(0, ...[atLow, atHigh].filter(Number.isFinite).map((value) => Math.abs(value - base))),
      )
      return [
        ['input', 'low', 'high', 'output at low', 'at base', 'at high'],
        ...moved.map(({ input, low, high, atLow, atHigh }) => [input, ...[low, high, atLow, base, atHigh].map(number)]),
      ]
    }
  }
}

function largest<T>(rows: readonly T[], by: (row: T) => number): readonly T[] {
  return rows.toSorted((a, b) => (by(b) || 0) - (by(a) || 0)).slice(0, mostPrinted)
}

/** Times as a plan says them; by the day to the horizon of a library model. */
function timesText(times: Float64Array | undefined, { name, library }: FoundModel): string {
  if (times !== undefined) return Array.from(times).join(',')
  if (!library) throw new Misuse(`--times is needed for ${name}, such as --times 0:28:0.5`)
  return `${Math.min(0, ...library.regimen.doses.map(({ time }) => time))}:${library.horizon}:1`
}

const plainKinds: readonly string[] = ['maximum', 'minimum', 'timeOfMaximum', 'timeOfMinimum', 'auc']
const thresholdKinds: readonly string[] = ['firstBelow', 'firstAbove', 'timeBelow', 'timeAbove']

function toNames(text: string): readonly string[] {
  return text.split(',').map(toText)
}

/** `Cmax,peak=C:maximum,late=C:value@28`. */
function toOutputs(text: string): readonly { readonly name: string; readonly definition?: object }[] {
  return text.split(',').map((part) => {
    if (part === '') throw new RangeError('expected a name between commas')
    if (!part.includes('=')) return { name: part }
    const { name, text: described } = toAssignment(part)
    const [quantity = '', wanted = '', ...rest] = described.split(':')
    const [kind = '', number, ...more] = wanted.split('@')
    const common = { name, label: name, unit: '', quantity, kind }
    if (quantity !== '' && rest.length === 0 && more.length === 0) {
      if (number === undefined && plainKinds.includes(kind)) return { name, definition: common }
      if (number !== undefined && kind === 'value') return { name, definition: { ...common, at: toNumber(number) } }
      if (number !== undefined && thresholdKinds.includes(kind))
        return { name, definition: { ...common, threshold: toNumber(number) } }
    }
    throw new RangeError(
      `expected ${name}=QUANTITY:KIND, the kind one of ${plainKinds.join(', ')}, or with a number ${['value', ...thresholdKinds].map((word) => `${word}@NUMBER`).join(', ')}`,
    )
  })
}

/** `a,b=lo:hi,c=x0.5:x2,d=~0.3`. */
function toInputs(text: string): readonly InputLine[] {
  return text.split(',').map((part) => {
    if (part === '') throw new RangeError('expected a name between commas')
    if (!part.includes('=')) return { name: part }
    const { name, text: spread } = toAssignment(part)
    if (spread.startsWith('~')) return { name, sd: toPositive(spread.slice(1)) }
    const [low = '', high, ...rest] = spread.split(':')
    if (high === undefined || rest.length > 0)
      throw new RangeError(
        `expected ${name}=LO:HI, ${name}=xLO:xHI (factors of its value) or ${name}=~SD (of its logarithm)`,
      )
    const ends = (cut: number) => [toNumber(low.slice(cut)), toNumber(high.slice(cut))] as const
    if (low.startsWith('x') !== high.startsWith('x'))
      throw new RangeError(`${name}: both ends are factors (x0.5:x2) or none is`)
    return low.startsWith('x') ? { name, factors: ends(1) } : { name, range: ends(0) }
  })
}

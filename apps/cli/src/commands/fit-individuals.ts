import { basename, resolve } from 'node:path'
import type { Model } from '@cartkin/model'
import {
  type BlqMethod,
  checkLimits,
  type DataReading,
  type EndpointLine,
  type EstimateLine,
  hasDoses,
  type IndividualsStepResult,
  individualsJob,
  limitsByLabel,
  notedFit,
  type OwnFit,
  observedQuantities,
  type PlannedStart,
  parsePlan,
} from '@cartkin/studies'
import type { OptionValues } from '../arguments/option.ts'
import { searchOfStep, type searchOptionTable, tiesOf, withScalesAndPriors } from '../arguments/search-arguments.ts'
import type { solverSettings } from '../arguments/solver-arguments.ts'
import { type ExitCode, exitCode } from '../exit-code.ts'
import { BadInput, Misuse } from '../failure.ts'
import type { FoundModel } from '../inputs/find-model.ts'
import { readEvents } from '../inputs/read-events.ts'
import { chosenRegimen } from '../inputs/treatment.ts'
import type { Io } from '../io.ts'
import { textTable } from '../output/text-table.ts'
import { toJson } from '../output/to-json.ts'
import { runStudy } from '../run-study.ts'
import type { FitWatcher } from '../steering/fit-watcher.ts'

/** What `cartkin fit --individual` was asked for. */
export interface IndividualsAsked {
  readonly name: string
  readonly found: FoundModel
  readonly model: Model
  readonly data: string
  readonly timeUnit: string | undefined
  readonly reading: DataReading
  readonly saysReading: boolean
  readonly observe: Readonly<Record<string, string>>
  /** Lines of --estimate and --start; `isWhole` where --estimate named all that is to be estimated. */
  readonly estimate: readonly EstimateLine[]
  readonly isWhole: boolean
  readonly endpoints: readonly EndpointLine[]
  readonly blq: BlqMethod | undefined
  readonly start: PlannedStart | undefined
  readonly regimen: string | undefined
  readonly parameters: Readonly<Record<string, number>>
  readonly solver: ReturnType<typeof solverSettings>
  /** Scales, ties, priors and starts. */
  readonly searching: OptionValues<typeof searchOptionTable>
  readonly maxIterations: number | undefined
  readonly out: string | undefined
  readonly workers: number | undefined
  readonly json: boolean
  readonly profiles: boolean
  readonly watch: FitWatcher
}

/** Fits every patient of a file alone and tells of each. */
export async function fitIndividuals(asked: IndividualsAsked, io: Io): Promise<ExitCode> {
  const { name, found, model, reading, observe, parameters, timeUnit } = asked
  const out = asked.out ?? `fit-${basename(name)}`
  const ties = tiesOf(asked.searching)
  const source = { id: name, text: found.text, model, library: found.library ?? null }
  const problem = {
    model: name,
    data: asked.data,
    ...(timeUnit === undefined ? {} : { timeUnit }),
    ...(asked.saysReading ? { reading } : {}),
    ...(Object.keys(observe).length === 0 ? {} : { observe }),
    ...(asked.start === undefined ? {} : { start: asked.start }),
    parameters,
    ...(asked.endpoints.length === 0 ? {} : { endpoints: asked.endpoints }),
    ...(asked.blq === undefined ? {} : { blq: asked.blq }),
    ...ties,
    estimate: withScalesAndPriors(
      asked.isWhole
        ? asked.estimate
        : withStarts(
            notedFit({ model: name, data: asked.data, parameters, estimate: [], ...ties }, source).estimate,
            asked.estimate,
          ),
      asked.searching,
      model,
    ),
  } satisfies OwnFit
  const quantities = observedQuantities(notedFit(problem, source), source)
  const read = await readEvents(
    asked.data,
    model,
    { timeUnit, reading: limitsByLabel(reading, observe, quantities), rules: asked.solver.recordRules },
    io,
  )
  if (hasDoses(read) && asked.regimen !== undefined && asked.regimen !== 'none')
    throw new Misuse('--data holds doses, and --regimen gives others; leave out --regimen or the doses of the file')
  checkLimits(reading, read, model, (message) => new BadInput(`${asked.data}: ${message}`))
  const regimen = hasDoses(read) ? 'none' : await chosenRegimen(asked.regimen, found, model, io)
  const plan = {
    name: 'fit',
    title: `${found.library?.title ?? basename(name)} fitted to each patient of ${basename(asked.data)}`,
    ...(asked.searching.seed === undefined ? {} : { seed: asked.searching.seed }),
    solver: asked.solver,
    steps: [
      {
        kind: 'individuals',
        name: 'individuals',
        problem: { ...problem, regimen },
        profiles: asked.profiles,
        ...searchOfStep({ ...asked.searching, bootstrap: undefined }),
        ...(asked.maxIterations === undefined ? {} : { maxIterations: asked.maxIterations }),
      },
      { kind: 'report', sections: [{ title: 'Individuals', of: 'individuals' }] },
    ],
  }
  const text = JSON.stringify(plan, null, 2)
  const study = { plan: parsePlan(text, 'fit'), text, file: `fit ${name}`, folder: resolve(io.folder) }
  const [step] = study.plan.steps
  if (step?.kind === 'individuals') {
    const { remarks, notes } = individualsJob(step, source, read, study)
    for (const note of notes) io.note(`${asked.data}: ${note}\n`)
    for (const { subject, kind, message } of remarks)
      io.note(`${asked.data}: patient ${subject}${kind === 'unfit' ? ' is not fitted' : ''}: ${message}\n`)
  }
  const { results, manifest } = await runStudy(study, out, asked.workers, io, asked.watch)
  const result = results.get('individuals')
  if (result?.kind !== 'individuals') throw new Error('the fit gave no result')
  if (asked.json) io.out(toJson({ folder: out, remarks: result.remarks, fits: result.fits, manifest }))
  else {
    io.out(textTable(rowsOf(result)))
    io.note(
      `reached by: of the searches of a patient, those that came to its objective\n${out}/individuals.csv has the standard errors, intervals and what the data identify; ${out}/report.html the figures\n`,
    )
  }
  const open = result.fits.filter((fit) => fit.status !== 'fitted' || fit.result.outcome.status !== 'converged')
  for (const fit of open) {
    if (fit.status === 'fitted')
      io.note(`patient ${fit.id}: the search did not converge (${fit.result.outcome.status})\n`)
    else if (!result.remarks.some(({ kind, subject }) => kind === 'unfit' && subject === fit.id))
      io.note(`patient ${fit.id} is not fitted: ${fit.reason}\n`)
  }
  if (io.signal.aborted) return exitCode.stopped
  return open.length === 0 ? exitCode.ok : exitCode.partialFailure
}

/** All that the note of the library estimates, begun where --start says; what --start names besides is estimated, too. */
export function withStarts(noted: readonly EstimateLine[], starts: readonly EstimateLine[]): readonly EstimateLine[] {
  const lines = new Map(noted.map((line) => [line.name, line]))
  for (const line of starts) lines.set(line.name, line)
  return [...lines.values()]
}

/** One row per patient: estimates, with a mark at those that its data do not identify. */
function rowsOf({ fits, subjects, job }: IndividualsStepResult): readonly (readonly string[])[] {
  const names = job.problem.estimated.map(({ name }) => name)
  return [
    ['patient', 'n', 'BLQ', ...names, 'reached by', 'not identified'],
    ...fits.map((fit): readonly string[] => {
      const observations = subjects.find(({ id }) => id === fit.id)?.observations ?? []
      const below = observations.filter(({ censored }) => censored === 'left').length
      const counts = [fit.id, String(observations.length), String(below)]
      if (fit.status === 'not-fitted') return [...counts, ...names.map(() => ''), '', 'not fitted']
      const open = fit.identifications.filter(({ identified }) => identified !== 'yes').map((one) => one.name)
      return [
        ...counts,
        ...names.map((name) => {
          const found = fit.result.estimates.find((estimate) => estimate.name === name)
          return found === undefined ? 'held' : String(Number(found.estimate.toPrecision(3)))
        }),
        `${fit.starts.reached} of ${fit.starts.count}`,
        open.join(', '),
      ]
    }),
  ]
}

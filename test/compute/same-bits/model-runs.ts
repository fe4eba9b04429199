import { libraryModel, libraryModels } from '@cartkin/cart-models'
import { fit } from '@cartkin/fitting'
import { type CompiledModel, compileModel, parseModel } from '@cartkin/model'
import {
  type EventRecord,
  endpoints,
  parameterVector,
  quantities,
  regimenRecords,
  type SolverOptions,
  samplePopulation,
  sampleRandomEffects,
  simulateSubject,
  simulateWithExtinction,
} from '@cartkin/simulation'
import { dop853, rodas5p } from 'ode-ts'
import { type GoldenRun, joined } from './golden-run.ts'

function compiled(text: string): CompiledModel {
  const parsed = parseModel(text)
  if (!parsed.ok) throw new Error(parsed.diagnostics[0]?.message)
  return compileModel(parsed.model)
}

interface Course {
  readonly model: CompiledModel
  readonly parameters: Float64Array
  readonly records: readonly EventRecord[]
  readonly start: number
  readonly end: number
  readonly options?: SolverOptions
  readonly sensitivities?: readonly number[]
}

/** States and outputs at 40 times, and the sensitivities where they are carried. */
function course(simulation: Course): Float64Array {
  const run = simulateSubject(simulation)
  const { model, start, end, sensitivities = [] } = simulation
  const row = new Float64Array(quantities(model.model).length)
  const tangents = new Float64Array(sensitivities.length * row.length)
  const rows = Array.from({ length: 40 }, (_, k) => {
    const t = Math.min(run.end, start + ((k + 1) / 40) * (end - start))
    run.read(t, row)
    if (sensitivities.length > 0) run.readSensitivities(t, tangents)
    return [...row, ...tangents]
  })
  return joined(run.knots, rows.flat())
}

function libraryCourse(id: string, options: SolverOptions, sensitivities: readonly string[] = []): GoldenRun {
  const how = [options.method === undefined || options.method === 'auto' ? 'auto' : options.method.name]
  return {
    name: [id, 'by', ...how, ...(sensitivities.length > 0 ? ['with sensitivities'] : [])].join(' '),
    values: () => {
      const { text, regimen, start } = libraryModel(id)
      const model = compiled(text)
      const parameters = parameterVector(model.model)
      const names = model.model.parameters.map(({ name }) => name)
      const records = regimenRecords(model.model, regimen, parameters)
      const chosen = sensitivities.map((name) => names.indexOf(name))
      return course({ model, parameters, records, start, end: 180, options, sensitivities: chosen })
    },
  }
}

function libraryPopulation(id: string, subjects: number): GoldenRun {
  return {
    name: `${subjects} virtual patients of ${id}`,
    values: () => {
      const { text, regimen, start, population, endpoints: definitions } = libraryModel(id)
      if (population === undefined) throw new Error(`${id} brings no population`)
      const model = compiled(text)
      const typical = parameterVector(model.model)
      const patients = Array.from({ length: subjects }, (_, index) => {
        const parameters = samplePopulation(model.model, population, typical, { seed: 7, index })
        const records = regimenRecords(model.model, regimen, parameters)
        const simulation = { model, parameters, records, start, end: 90 }
        const read = endpoints(model.model, simulateSubject(simulation), definitions).map(({ value }) => value)
        return joined(parameters, course(simulation), read)
      })
      return joined(...patients)
    },
  }
}

/** Cure or relapse of virtual patients by chance. */
function libraryCures(id: string, subjects: number): GoldenRun {
  return {
    name: `${subjects} cures by chance of ${id}`,
    values: () => {
      const { text, regimen, start, population, extinction, endpoints: definitions } = libraryModel(id)
      if (population === undefined || extinction === undefined) throw new Error(`${id} has no cure by chance`)
      const model = compiled(text)
      const typical = parameterVector(model.model)
      const patients = Array.from({ length: subjects }, (_, index) => {
        const key = { seed: 7, index }
        const parameters = samplePopulation(model.model, population, typical, key)
        const records = regimenRecords(model.model, regimen, parameters)
        const simulation = { model, parameters, records, start, end: 365 }
        const { run, extinction: outcome } = simulateWithExtinction(simulation, [], extinction, key)
        return endpoints(model.model, run, definitions, outcome).map(({ value }) => value)
      })
      return joined(...patients)
    },
  }
}

const dosed = `
  ka = 1.1
  CL = 3
  V  = 30
  tlag = 0.4
  tstop = 6
  F1 = 0.8
  if (t > tstop) {
    loss = 2*CL
  } else {
    loss = CL
  }
  d/dt(depot) = -ka*depot
  d/dt(centre) = ka*depot - loss/V*centre
  alag(depot) = tlag
  f(depot) = F1
  conc = centre/V`

const effects = `
  ini({
    tCL <- 1
    tV <- 3
    eta.CL + eta.V ~ c(0.09, 0.02, 0.04)
  })
  model({
    CL <- exp(tCL + eta.CL)
    V <- exp(tV + eta.V)
    d/dt(A) = -CL/V*A
    A(0) = 100
    C = A/V
  })`

/** Times and values of a growth that is fitted. */
const measured = [
  [1, 12.1],
  [3, 31.5],
  [5, 70.2],
  [8, 128],
  [12, 160],
] as const

/** The library, doses and switches with sensitivities, populations, a fit. */
export const modelRuns: readonly GoldenRun[] = [
  ...libraryModels.map(({ id }) => libraryCourse(id, {})),
  libraryCourse('lupus-qsp', { method: rodas5p, rtol: 1e-8 }),
  libraryCourse('stein-2019', { method: dop853, rtol: 1e-9, atol: 1e-12 }),
  libraryCourse('stein-2019', {}, ['foldx', 'Tmax', 'alpha']),
  libraryPopulation('lupus-qsp', 2),
  libraryPopulation('stein-2019', 5),
  libraryCures('kimmel-2021', 8),
  {
    name: 'doses, a lag and a switch, with sensitivities',
    values: () => {
      const model = compiled(dosed)
      const records: readonly EventRecord[] = [
        { time: 0, evid: 1, cmt: 'depot', amt: 100 },
        { time: 3, evid: 1, cmt: 'centre', amt: 50, duration: 1.5 },
        { time: 8, evid: 1, cmt: 'depot', amt: 100, ii: 2, addl: 2 },
      ]
      const parameters = parameterVector(model.model)
      const sensitivities = model.model.parameters.map((_, k) => k)
      return course({ model, parameters, records, start: 0, end: 16, sensitivities })
    },
  },
  {
    name: 'patients drawn from random effects',
    values: () => {
      const model = compiled(effects)
      const typical = parameterVector(model.model)
      return joined(
        ...Array.from({ length: 4 }, (_, index) => {
          const parameters = sampleRandomEffects(model.model, typical, { seed: 3, index })
          return joined(parameters, course({ model, parameters, records: [], start: 0, end: 30 }))
        }),
      )
    },
  },
  {
    name: 'a fit',
    values: async () => {
      const model = compiled('r = 0.4\nK = 150\nd/dt(x) = r*x*(1 - x/K)\nx(0) = 8')
      const { outcome, estimates, objective } = await fit({
        model,
        parameters: parameterVector(model.model),
        errorParameters: {},
        estimated: ['r', 'K'].map((name, k) => ({ name, start: [0.3, 200][k]!, lower: 0, upper: 1e6, scale: 'log' })),
        endpoints: [{ quantity: 'x', scale: 'linear', error: { kind: 'given' } }],
        subjects: [
          {
            id: '1',
            records: [],
            start: 0,
            parameters: {},
            observations: measured.map(([time, value]) => ({ time, value, endpoint: 0, sd: 5 })),
          },
        ],
      })
      const found = estimates.flatMap(({ estimate, standardError }) => [estimate, standardError])
      return joined([outcome.status === 'converged' ? 1 : 0, objective], found)
    },
  },
]

import { libraryModel } from '@cartkin/cart-models'
import type { FitJob } from '@cartkin/compute'
import { compileModel, parseModel } from '@cartkin/model'
import { parameterVector, regimenRecords, simulateSubject } from '@cartkin/simulation'
import { mulberry32 } from '../problems/mulberry32.ts'
import { standardNormal } from './standard-normal.ts'

/** Parameters that are estimated: those to which the library's values were fitted, and some of the turnovers. */
const estimated = [
  ...['kLD_B', 'kLD_T', 'kLD_T8', 'sN', 'k_dist', 'a_I', 'rho', 'K_A', 'd_E', 'm_EM', 'd_M', 'a_M', 'KC', 'kkT', 'KCT'],
  ...['kkP', 'KCP', 'wP', 'k_p', 'kU', 'e15', 'pG', 'p6', 'kTH', 'kT8', 'kA', 'kFer', 'kIG', 'k6', 'MTT'],
]

/** What is measured. */
const quantities = ['CAR', 'B', 'IL6', 'IFNG', 'FER', 'TH', 'T8', 'AAB', 'UPCR', 'NC']

const days = [-4, -3, -2, -1, 0.5, 1, 2, 3, 5, 7, 9, 11, 14, 17, 21, 28, 42, 56, 90, 120, 180, 270, 365]
/** Standard deviation of the logarithm of a measurement. */
const sd = 0.2

/** 30 parameters of the lupus model from 10 quantities of one patient, whose data are made with noise. */
export function lupusFit(): FitJob {
  const entry = libraryModel('lupus-qsp')
  const parsed = parseModel(entry.text)
  if (!parsed.ok) throw new Error(entry.id)
  const { model } = parsed
  const parameters = parameterVector(model)
  const records = regimenRecords(model, entry.regimen, parameters)
  const { start } = entry
  const run = simulateSubject({ model: compileModel(model), parameters, records, start, end: 365, options: {} })
  const names = [...model.states, ...model.outputs].map(({ name }) => name)
  const row = new Float64Array(names.length)
  const normal = standardNormal(mulberry32(1))
  const observations = days.flatMap((time) => {
    run.read(time, row)
    return quantities.flatMap((name, endpoint) => {
      const value = row[names.indexOf(name)]!
      return value > 1e-3 ? [{ endpoint, time, value: value * Math.exp(sd * normal()), sd }] : []
    })
  })
  return {
    kind: 'fit',
    text: entry.text,
    problem: {
      parameters: {},
      errorParameters: {},
      estimated: estimated.map((name, j) => {
        const value = parameters[model.parameters.findIndex((parameter) => parameter.name === name)]!
        const start = value * (j % 2 === 0 ? 1.3 : 0.75)
        return { name, start, lower: value / 20, upper: value * 20, scale: 'log' }
      }),
      endpoints: quantities.map((quantity) => ({ quantity, scale: 'log', error: { kind: 'given' } })),
      subjects: [{ id: 'patient', records, observations, start, parameters: {} }],
    },
  }
}

import { objectiveAt } from '@cartkin/fitting'
import { log, randomStream } from '@cartkin/numerics'
import { describe, expect, it } from 'vitest'
import { estimate, modelOf, problemOf, subject } from '../fitting/fixtures.ts'
import { cartkin, folderWith } from './run-main.ts'

const plain = 'k = 0.4 # [1/day] Loss\nA0 = 8\nd/dt(A) = -k*A\nA(0) = A0\nC = A\n'
const times = [1, 2, 3, 4, 6, 8, 10, 12, 14, 16]
const stream = randomStream({ seed: 3, study: 'residual methods', subject: 0, occasion: 0 })
/** C = 8·exp(−0.3 t), off by some 20 %, with a limit of 0.5. */
const rows = times.flatMap((time, k) =>
  [0, 1].map((again) => ({ time, value: 8 * Math.exp(-0.3 * time + 0.2 * stream.normal(2 * k + again)) })),
)
const lloq = 0.5
const below = rows.filter(({ value }) => value < lloq).length
const data = ['ID,TIME,DV,LLOQ', ...rows.map(({ time, value }) => `1,${time},${value},${lloq}`)].join('\n')

interface Fitted {
  readonly estimates: readonly { readonly name: string; readonly estimate: number; readonly standardError: number }[]
  readonly objective: number
  readonly aic: number
  readonly bic: number
  readonly outcome: { readonly status: string }
  readonly note: string
}

async function fitted(files: Readonly<Record<string, string>>, words: readonly string[]): Promise<Fitted> {
  const folder = folderWith({ 'd.csv': data, ...files })
  const run = await cartkin(folder, [
    'fit',
    'm.txt',
    '--data',
    'd.csv',
    '--out',
    'f',
    '--workers',
    '1',
    '--json',
    ...words,
  ])
  expect(run.note).not.toContain('did not converge')
  expect(run.code).toBe(0)
  return { ...JSON.parse(run.out), note: run.note }
}

const named = ['--estimate', 'k=0.01:5', '--estimate', 'A0=0.1:100', '--endpoint']
const valuesOf = ({ estimates }: Fitted) => Object.fromEntries(estimates.map((own) => [own.name, own.estimate]))

describe('values below quantification', () => {
  const keep = rows.filter(({ value }) => value >= lloq)
  const left = rows.filter(({ value }) => value < lloq)
  const observed = (kind: 'M1' | 'M2' | 'M3' | 'M4') => [
    ...keep.map(({ time, value }) => ({ endpoint: 0, time, value, lloq })),
    ...(kind === 'M3' || kind === 'M4'
      ? left.map(({ time }) => ({ endpoint: 0, time, value: lloq, censored: 'left' as const }))
      : []),
  ]
  it.each([
    ['M1', 'are left out, which biases'],
    ['M2', 'are left out, and the others count given that they lie above their limit'],
    ['M3', 'count with the probability of lying there (M3)'],
    ['M4', 'count with the probability of lying there, given that true values are positive'],
  ] as const)('enter by %s, and their number is told', async (method, said) => {
    const found = await fitted({ 'm.txt': plain }, [...named, 'C=combined', '--blq', method])
    expect(below).toBeGreaterThan(3)
    expect(found.note).toContain(`${below} values below quantification ${said}`)
    const values = valuesOf(found)
    const problem = problemOf({
      model: modelOf(plain),
      estimated: ['k', 'A0', 'C.add', 'C.prop'].map((name) => estimate(name, 0.5, 'log')),
      endpoints: [
        {
          quantity: 'C',
          scale: 'linear',
          error: { kind: 'combined2', a: 'C.add', b: 'C.prop' },
          ...(method === 'M2' || method === 'M4' ? { blq: method } : {}),
        },
      ],
      subjects: [subject(observed(method))],
    })
    const { objective } = objectiveAt(problem, values)
    expect(found.objective / objective).toBeCloseTo(1, 6)
    const count = observed(method).length
    expect(found.aic - found.objective).toBeCloseTo(8, 9)
    expect(found.bic - found.objective).toBeCloseTo(4 * log(count), 9)
  })

  it('by M2 need a limit for every value', async () => {
    const folder = folderWith({ 'd.csv': 'ID,TIME,DV\n1,1,3\n1,2,2\n1,3,1\n', 'm.txt': plain })
    const words = ['fit', 'm.txt', '--data', 'd.csv', '--out', 'f', '--workers', '1', ...named, 'C=log', '--blq', 'M2']
    const run = await cartkin(folder, words)
    expect(run.code).toBe(3)
    expect(run.note).toContain('does not say the limit of quantification, which M2 needs for every value')
  })

  it('lie in an interval where LIMIT gives its other end', async () => {
    const text = [
      'ID,TIME,DV,CENS,LIMIT',
      ...rows.map(({ time, value }) => (value < lloq ? `1,${time},${lloq},1,0.01` : `1,${time},${value},0,.`)),
    ].join('\n')
    const found = await fitted({ 'm.txt': plain, 'd.csv': text }, [...named, 'C=proportional'])
    const observations = rows.map(({ time, value }) =>
      value < lloq
        ? { endpoint: 0, time, value: 0.01, upper: lloq, censored: 'interval' as const }
        : { endpoint: 0, time, value },
    )
    const problem = problemOf({
      model: modelOf(plain),
      estimated: ['k', 'A0', 'C.prop'].map((name) => estimate(name, 0.5, 'log')),
      endpoints: [{ quantity: 'C', scale: 'linear', error: { kind: 'proportional', b: 'C.prop' } }],
      subjects: [subject(observations)],
    })
    expect(found.objective).toBeCloseTo(objectiveAt(problem, valuesOf(found)).objective, 6)
  })
})

describe('residual errors', () => {
  it('are the same by name and by residual lines of the text', async () => {
    const text = (line: string, more = '') =>
      `ini({\n  k <- c(0.01, 0.4, 5)\n  A0 <- c(0.1, 8, 100)\n${more}})\nmodel({\n  d/dt(A) = -k*A\n  A(0) = A0\n  C = A\n  C ~ ${line}\n})\n`
    const cases: readonly (readonly [string, string, string, readonly string[]])[] = [
      ['power', 'pow(b, c)', '  b <- c(0, 0.3)\n  c <- c(0, 1, 3)\n', ['C.prop', 'C.power']],
      ['log+t(4)', 'lnorm(s) + t(4)', '  s <- c(0, 0.3)\n', ['C.sd']],
    ]
    for (const [error, line, more, residuals] of cases) {
      const byName = await fitted({ 'm.txt': plain }, [...named, `C=${error}`])
      const byText = await fitted({ 'm.txt': text(line, more) }, [])
      expect(byName.estimates.map(({ name }) => name)).toEqual(['k', 'A0', ...residuals])
      byName.estimates.forEach(({ estimate: own }, k) => {
        expect(byText.estimates[k]!.estimate / own, `${error} ${k}`).toBeCloseTo(1, 3)
      })
      expect(byText.objective).toBeCloseTo(byName.objective, 4)
    }
  })

  it('take numbers in the brackets of residual lines, which stay', async () => {
    const found = await fitted({ 'm.txt': `${plain}C ~ add(0.2) + pow(0.1, 0.5) + combined1()\n` }, [
      '--estimate',
      'k=0.01:5,A0=0.1:100',
    ])
    expect(found.estimates.map(({ name }) => name)).toEqual(['k', 'A0'])
  })

  it('estimate the degrees of freedom of t residuals, and weigh an outlier down', async () => {
    const outlier = `${data}\n1,17,400,${lloq}\n`
    const heavy = await fitted({ 'm.txt': plain, 'd.csv': outlier }, [...named, 'C=log+t'])
    expect(heavy.estimates.map(({ name }) => name)).toEqual(['k', 'A0', 'C.sd', 'C.df'])
    // the rate that the other values follow
    expect(Math.abs(heavy.estimates[0]!.estimate - 0.3)).toBeLessThan(0.05)
    expect(valuesOf(heavy)['C.df']).toBeLessThan(4)
  })
})

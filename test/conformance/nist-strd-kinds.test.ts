import { fit, predictions } from '@cartkin/fitting'
import { randomStream } from '@cartkin/numerics'
import { describe, expect, it } from 'vitest'
import { nistFit } from './nist-strd-problem.ts'

interface Kind {
  readonly name: string
  readonly model: string
  readonly start1: readonly string[]
  readonly start2: readonly string[]
  /** Certified parameters and residual standard deviation: here the truth behind data that are made. */
  readonly truth: readonly string[]
  readonly sd: number
  readonly x: readonly number[]
}

const grid = (count: number, first: number, last: number) =>
  Array.from({ length: count }, (_, i) => first + ((last - first) * i) / (count - 1))

const gauss = 'y = b1*exp( -b2*x ) + b3*exp( -(x-b4)**2 / b5**2 ) + b6*exp( -(x-b7)**2 / b8**2 )'

/** Models, starts and certified values of further NIST StRD problems, on designs of their kind. */
const kinds: readonly Kind[] = [
  {
    name: 'Gauss1: two well separated Gaussians on a decaying baseline',
    model: gauss,
    start1: ['97', '0.009', '100', '65', '20', '70', '178', '16.5'],
    start2: ['94', '0.0105', '99', '63', '25', '71', '180', '20'],
    truth: ['98.778210871', '0.010497276517', '100.48990633', '67.481111276'].concat([
      '23.129773360',
      '71.994503004',
      '178.99805021',
      '18.389389025',
    ]),
    sd: 2.331798018,
    x: grid(250, 1, 250),
  },
  {
    name: 'Gauss3: two strongly blended Gaussians',
    model: gauss,
    start1: ['94.9', '0.009', '90.1', '113', '20', '73.8', '140', '20'],
    start2: ['96', '0.0096', '80', '110', '25', '74', '139', '25'],
    truth: ['98.940368970', '0.010945879335', '100.69553078', '111.63619459'].concat([
      '23.300500029',
      '73.705031418',
      '147.76164251',
      '19.668221230',
    ]),
    sd: 2.2677077625,
    x: grid(250, 1, 250),
  },
  {
    name: 'Kirby2: quadratic over quadratic',
    model: 'y = (b1 + b2*x + b3*x**2) / (1 + b4*x + b5*x**2)',
    start1: ['2', '-0.1', '0.003', '-0.001', '0.00001'],
    start2: ['1.5', '-0.15', '0.0025', '-0.0015', '0.00002'],
    truth: ['1.6745063063', '-0.13927397867', '0.0025961181191', '-0.0017241811870', '0.000021664802578'],
    sd: 0.16354535131,
    x: grid(151, 9.65, 371.25),
  },
  {
    name: 'ENSO: three cycles, two of unknown period',
    model: `y = b1 + b2*cos( 2*pi*x/12 ) + b3*sin( 2*pi*x/12 ) + b5*cos( 2*pi*x/b4 ) + b6*sin( 2*pi*x/b4 )
      + b8*cos( 2*pi*x/b7 ) + b9*sin( 2*pi*x/b7 )`.replaceAll(/\s+/g, ' '),
    start1: ['11.0', '3.0', '0.5', '40.0', '-0.7', '-1.3', '25.0', '-0.3', '1.4'],
    start2: ['10.0', '3.0', '0.5', '44.0', '-1.5', '0.5', '26.0', '-0.1', '1.5'],
    truth: ['10.510749193', '3.0762128085', '0.53280138227', '44.311088700', '-1.6231428586'].concat([
      '0.52554493756',
      '26.887614440',
      '0.21232288488',
      '1.4966870418',
    ]),
    sd: 2.2269642403,
    x: grid(168, 1, 168),
  },
]

describe.each(kinds)('$name', ({ name, model, start1, start2, truth, sd, x }) => {
  const problem = { model, start1, start2, difficulty: '', certified: truth, certified_sd: [], rss: '' }
  const exact = predictions(
    nistFit(
      { ...problem, start1: truth },
      'start1',
      x.map((at) => [0, at]),
    ),
  ).map(({ predicted }) => predicted)

  it.each([1, 2, 3])('has one minimum from both starts, near the truth (data %d)', async (seed) => {
    const noise = randomStream({ seed, study: name })
    const rows = x.map((at, i) => [exact[i]! + sd * noise.normal(i), at])
    const first = await fit(nistFit(problem, 'start1', rows))
    const second = await fit(nistFit(problem, 'start2', rows))
    expect(first.outcome.status).toBe('converged')
    expect(second.outcome.status).toBe('converged')
    first.estimates.forEach(({ estimate, standardError }, j) => {
      // at least 8 digits of what the data determine
      expect(Math.abs(second.estimates[j]!.estimate - estimate)).toBeLessThan(
        1e-8 * Math.abs(estimate) + 1e-8 * standardError,
      )
      expect(Math.abs(estimate - Number(truth[j]))).toBeLessThan(4.5 * standardError)
    })
    const ratio = Math.sqrt(first.residualVariance) / sd
    expect(ratio).toBeGreaterThan(0.8)
    expect(ratio).toBeLessThan(1.2)
  })

  it('is found to all digits where the data have no noise', async () => {
    const rows = x.map((at, i) => [exact[i]!, at])
    for (const start of ['start1', 'start2'] as const) {
      const { estimates } = await fit(nistFit(problem, start, rows))
      estimates.forEach(({ estimate }, j) => {
        expect(Math.abs(estimate / Number(truth[j]) - 1)).toBeLessThan(1e-9)
      })
    }
  })
})

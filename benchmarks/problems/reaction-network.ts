import { mulberry32 } from './mulberry32.ts'
import type { BenchmarkProblem } from './problem.ts'

const SPECIES = 300

/** A ring of species that turn into their neighbours and react in pairs with those near by; rates over five decades. */
function text(): string {
  const uniform = mulberry32(2026)
  const rate = () => (10 ** (5 * uniform() - 2)).toPrecision(4)
  const terms = Array.from({ length: SPECIES }, () => [] as string[])
  const react = (from: readonly number[], to: readonly number[]) => {
    const flux = [rate(), ...from.map((i) => `a${i}`)].join('*')
    for (const i of from) terms[i]!.push(`-${flux}`)
    for (const i of to) terms[i]!.push(`+${flux}`)
  }
  const near = (i: number, distance: number) => (i + distance) % SPECIES
  for (let i = 0; i < SPECIES; i++) {
    react([i], [near(i, 1)])
    react([i, near(i, 3)], [near(i, 2), near(i, 4)])
    if (i % 2 === 0) react([near(i, 4), near(i, 5)], [i, near(i, 1)])
  }
  return [
    ...terms.map((list, i) => `d/dt(a${i}) = ${list.join('')}`),
    ...terms.map((_, i) => `a${i}(0) = ${i % 10 === 0 ? 1 : 0}`),
  ].join('\n')
}

/** 300 species, 750 reactions of mass action that keep the number of molecules. */
export const reactionNetwork: BenchmarkProblem = {
  name: 'NET300',
  text: text(),
  times: [0.1, 1, 10, 100],
  floor: Array<number>(SPECIES).fill(1e-4),
}

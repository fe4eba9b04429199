import type { BenchmarkProblem } from './problem.ts'

const bodies = [1, 2, 3, 4, 5, 6, 7]

/** Sum over the other bodies of m_j (z_j − z_i) / r_ij³, m_j = j. */
function pull(axis: 'x' | 'y', i: number): string {
  return bodies
    .filter((j) => j !== i)
    .map((j) => `${j}*(${axis}${j}-${axis}${i})/c${Math.min(i, j)}${Math.max(i, j)}`)
    .join('+')
}

const pairs = bodies.flatMap((i) => bodies.filter((j) => j > i).map((j) => ({ i, j })))
const x0 = [3, 3, -1, -3, 2, -2, 2]
const y0 = [3, -3, 2, 0, 0, -4, 4]

/** Pleiades: seven bodies in the plane (Hairer, Nørsett & Wanner, II.10). */
export const pleiades: BenchmarkProblem = {
  name: 'PLEI',
  text: [
    ...pairs.map(({ i, j }) => `r${i}${j} ~ (x${j}-x${i})*(x${j}-x${i})+(y${j}-y${i})*(y${j}-y${i})`),
    ...pairs.map(({ i, j }) => `c${i}${j} ~ r${i}${j}*sqrt(r${i}${j})`),
    ...bodies.map((i) => `d/dt(x${i}) = u${i}`),
    ...bodies.map((i) => `d/dt(y${i}) = v${i}`),
    ...bodies.map((i) => `d/dt(u${i}) = ${pull('x', i)}`),
    ...bodies.map((i) => `d/dt(v${i}) = ${pull('y', i)}`),
    ...bodies.flatMap((i) => [`x${i}(0) = ${x0[i - 1]}`, `y${i}(0) = ${y0[i - 1]}`]),
    'u6(0) = 1.75',
    'u7(0) = -1.5',
    'v4(0) = -1.25',
    'v5(0) = 1',
  ].join('\n'),
  times: [3],
  floor: Array<number>(28).fill(1),
}

/** What a row is to reach. */
export interface Bar {
  readonly reach: number | null
  readonly aim: number | null
  /** The ratio it is held to: below 0.7 of that, a run is red. Null: not held yet. */
  readonly bar: number | null
}

interface BarOf {
  readonly question: string
  readonly problems: readonly string[]
  readonly rivals: readonly string[]
  /** Tightest and loosest target for which it stands; absent where errors play no part. */
  readonly targets?: readonly [tightest: number, loosest: number]
  readonly reach: number | null
  readonly aim: number | null
  readonly isHeld: boolean
}

const ERROR: readonly [number, number] = [1e-6, 1e-6]
const ivp = ['ROBER', 'VDPOL', 'OREGO', 'HIRES', 'POLLU']
const nonstiff = { question: 'nonstiff', rivals: ['cvode-adams', 'odex'], reach: 2.5, aim: 5, isHeld: true }

const bars: readonly BarOf[] = [
  { question: 'stiff', problems: ['P1'], rivals: ['cvode'], targets: ERROR, reach: 4, aim: 6, isHeld: true },
  { question: 'stiff', problems: ivp, rivals: ['cvode'], targets: ERROR, reach: 3.5, aim: 5, isHeld: true },
  {
    ...{ question: 'stiff', problems: ivp, rivals: ['cvode'], targets: [1e-8, 1e-8] },
    ...{ reach: 5, aim: null, isHeld: true },
  },
  { question: 'stiff', problems: ['mean of 5'], rivals: ['cvode'], targets: ERROR, reach: 6, aim: null, isHeld: true },
  { question: 'stiff', problems: ['NET300'], rivals: ['cvode'], targets: ERROR, reach: 1, aim: 3, isHeld: true },
  {
    ...{ question: 'nonstiff', problems: ['P2'], rivals: ['cvode-adams'], targets: ERROR },
    ...{ reach: 8, aim: 12, isHeld: true },
  },
  { ...nonstiff, problems: ['LV', 'BRUS', 'PLEI'], targets: [1e-8, 1e-3] },
  { ...nonstiff, problems: ['AREN'], targets: [1e-7, 1e-3] },
  { question: 'population', problems: ['P4'], rivals: ['cvode'], targets: ERROR, reach: 7, aim: 12, isHeld: true },
  {
    ...{ question: 'sensitivities', problems: ['P5'], rivals: ['cvodes'], targets: ERROR },
    ...{ reach: 5.5, aim: 10, isHeld: true },
  },
  {
    ...{ question: 'fit-individual', problems: ['stein-2019'], rivals: ['scipy', 'minpack.lm'] },
    ...{ reach: 20, aim: null, isHeld: false },
  },
  // 30 parameters within 2 seconds
  { question: 'fit-individual', problems: ['lupus-qsp'], rivals: ['goal'], reach: 1, aim: null, isHeld: true },
  {
    ...{ question: 'sensitivity', problems: ['stein-2019'], rivals: ['scipy', 'desolve'] },
    ...{ reach: 20, aim: null, isHeld: false },
  },
  // the times wanted are 60, 5 and 2000 ms; those aimed for 25 and 2 ms
  { question: 'compile-latency', problems: ['P1'], rivals: ['goal'], reach: 1, aim: 60 / 25, isHeld: false },
  { question: 'compile-latency', problems: ['P1 again'], rivals: ['goal'], reach: 1, aim: 5 / 2, isHeld: true },
  { question: 'compile-latency', problems: ['NET300'], rivals: ['goal'], reach: 1, aim: null, isHeld: true },
  {
    ...{ question: 'composition', problems: ['lupus-flu-cy-tocilizumab'], rivals: ['goal'] },
    ...{ reach: 1, aim: null, isHeld: true },
  },
  {
    ...{ question: 'composition', problems: ['lupus-flu-cy-tocilizumab year'], rivals: ['lupus-qsp'] },
    ...{ reach: 0.5, aim: null, isHeld: true },
  },
  { question: 'memory', problems: ['lupus-qsp'], rivals: ['goal'], reach: 1, aim: null, isHeld: true },
  { question: 'scaling', problems: ['P4'], rivals: ['one-worker'], reach: 1.85, aim: 1.95, isHeld: true },
]

/** What a row is to reach and what it is held to. */
export function barOf(question: string, problem: string, rival: string, target: number): Bar {
  const found = bars.find(
    ({ targets, ...of }) =>
      of.question === question &&
      of.problems.includes(problem) &&
      of.rivals.includes(rival) &&
      (targets === undefined || (target >= 0.999 * targets[0] && target <= 1.001 * targets[1])),
  )
  if (found === undefined) return { reach: null, aim: null, bar: null }
  return { reach: found.reach, aim: found.aim, bar: found.isHeld ? found.reach : null }
}

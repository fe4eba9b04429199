interface Bar {
  readonly question: string
  readonly problems: readonly string[]
  readonly rivals: readonly string[]
  /** Tightest and loosest target for which it holds; absent where errors play no part. */
  readonly targets?: readonly [tightest: number, loosest: number]
  readonly reach: number
  readonly bar: number | null
}

const ERROR: readonly [number, number] = [1e-6, 1e-6]

const bars: readonly Bar[] = [
  { question: 'stiff', problems: ['P1'], rivals: ['cvode'], targets: ERROR, reach: 4, bar: 4 },
  {
    question: 'stiff',
    problems: ['ROBER', 'VDPOL', 'OREGO', 'HIRES', 'POLLU'],
    rivals: ['cvode'],
    targets: ERROR,
    reach: 3.5,
    bar: 3.5,
  },
  { question: 'stiff', problems: ['mean of 5'], rivals: ['cvode'], targets: ERROR, reach: 6, bar: 6 },
  { question: 'stiff', problems: ['NET300'], rivals: ['cvode'], targets: ERROR, reach: 1, bar: 1 },
  { question: 'nonstiff', problems: ['P2'], rivals: ['cvode-adams'], targets: ERROR, reach: 8, bar: null },
  {
    question: 'nonstiff',
    problems: ['LV', 'BRUS', 'PLEI'],
    rivals: ['cvode-adams', 'odex'],
    targets: [1e-8, 1e-3],
    reach: 2.5,
    bar: 2.5,
  },
  {
    question: 'nonstiff',
    problems: ['AREN'],
    rivals: ['cvode-adams', 'odex'],
    targets: [1e-7, 1e-3],
    reach: 2.5,
    bar: 2.5,
  },
  { question: 'population', problems: ['P4'], rivals: ['cvode'], targets: ERROR, reach: 7, bar: null },
  { question: 'sensitivities', problems: ['P5'], rivals: ['cvodes'], targets: ERROR, reach: 5.5, bar: 5.5 },
  { question: 'compile-latency', problems: ['P1', 'P1 again'], rivals: ['goal'], reach: 1, bar: null },
  { question: 'compile-latency', problems: ['NET300'], rivals: ['goal'], reach: 1, bar: 1 },
  { question: 'scaling', problems: ['P4'], rivals: ['one-worker'], reach: 1.85, bar: null },
]

/** What a row is to reach and what it is held to. */
export function barOf(
  question: string,
  problem: string,
  rival: string,
  target: number,
): { readonly reach: number | null; readonly bar: number | null } {
  const found = bars.find(
    ({ targets, ...of }) =>
      of.question === question &&
      of.problems.includes(problem) &&
      of.rivals.includes(rival) &&
      (targets === undefined || (target >= 0.999 * targets[0] && target <= 1.001 * targets[1])),
  )
  return { reach: found?.reach ?? null, bar: found?.bar ?? null }
}

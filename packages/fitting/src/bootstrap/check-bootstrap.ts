import type { FitProblem } from '../problem/fit-problem.ts'
import type { BootstrapOptions } from './bootstrap.ts'

/** Throws a RangeError for options out of range, or a kind that does not suit the data: what can be said before any fit. */
export function checkBootstrap(
  { subjects, endpoints, estimated }: Pick<FitProblem, 'subjects' | 'endpoints' | 'estimated'>,
  {
    kind,
    replicates,
    seed,
    from = 0,
    level = 0.95,
  }: Pick<BootstrapOptions, 'kind' | 'replicates' | 'seed' | 'from' | 'level'>,
): void {
  if (!(Number.isSafeInteger(replicates) && replicates >= 1 && Number.isSafeInteger(from) && from >= 0))
    throw new RangeError(`a bootstrap has a whole number of replicates from 1, got ${replicates} from ${from}`)
  if (!Number.isSafeInteger(seed)) throw new RangeError(`the seed of a bootstrap is a whole number, got ${seed}`)
  if (!(level > 0 && level < 1)) throw new RangeError(`the level of an interval is in (0, 1), got ${level}`)
  if (kind === 'case' && subjects.length < 2)
    throw new RangeError(
      'a case bootstrap draws subjects, and there is only one; take the parametric or the residual bootstrap',
    )
  if (kind !== 'residual') return
  const observations = subjects.flatMap((subject) => subject.observations)
  const censored = observations.filter((one) => one.censored !== undefined).length
  if (censored > 0)
    throw new RangeError(
      `a residual bootstrap needs residuals, which ${censored} censored observations do not have; take the parametric or the case bootstrap`,
    )
  if (endpoints.some(({ blq }) => blq === 'M2' || blq === 'M4'))
    throw new RangeError(
      'a residual bootstrap cannot keep values above a limit (M2, M4); take the parametric or the case bootstrap',
    )
  if (!(observations.length > estimated.length))
    throw new RangeError(
      `${observations.length} observations leave no residuals to draw from beside ${estimated.length} parameters; take the parametric bootstrap`,
    )
}

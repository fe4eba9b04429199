import type { FitAt, ProfileFit } from './profile-fit.ts'

/** Halvings of a stretch, and the share of its change of slope that must be left in the last of them for a kink; a bend leaves 1/128. */
const halvings = 7
const left = 0.15
/** A stretch is looked at where its slope changes this many times faster than beside it, or against the others … */
const suspicious = 2
/** … and by enough to matter: as a share of the limit over the stretch. */
const matters = 0.05
/** Most stretches that are looked at, those with the largest changes. */
const most = 4

/** What it takes to look closer at a profile: all its points in order, the fit among them. */
interface Course {
  readonly fitAt: FitAt
  readonly held: number
  readonly limit: number
}

/**
 * Coordinates at which the slope of a profile jumps: where its best point changes from one valley to another, or where the model
 * itself has a kink. Stretches in which the slope changes faster than in their neighbours are halved; a smooth bend spreads
 * over the halves, a kink stays in one.
 */
export async function kinks({ fitAt, held, limit }: Course, points: readonly ProfileFit[]): Promise<readonly number[]> {
  const stretches = points.slice(1).map((right, k) => stretch(points[k]!, right))
  const found: number[] = []
  const suspects = stretches
    .filter((own, k) => {
      const beside = [stretches[k - 1], stretches[k + 1]].flatMap((other) => (other ? [other.rate] : []))
      if (!(own.weight > matters * limit)) return false
      return own.rate < 0 || beside.some((rate) => Math.abs(own.rate) > suspicious * Math.abs(rate))
    })
    .sort((a, b) => b.weight - a.weight)
  for (const own of suspects.slice(0, most)) {
    let [from, to] = [own.from, own.to]
    let closed = true
    for (let halving = 0; halving < halvings && closed; halving++) {
      const middle = await fitAt((from.x[held]! + to.x[held]!) / 2, from.x)
      if (middle.status !== 'fitted') closed = false
      else if (Math.abs(middle.slope - from.slope) > Math.abs(to.slope - middle.slope)) to = middle
      else from = middle
    }
    if (closed && Math.abs(to.slope - from.slope) > left * Math.abs(own.change)) found.push(to.x[held]!)
  }
  return found.sort((a, b) => a - b)

  function stretch(from: ProfileFit, to: ProfileFit) {
    const width = to.x[held]! - from.x[held]!
    const change = to.slope - from.slope
    return { from, to, change, rate: change / width, weight: Math.abs(change) * width }
  }
}

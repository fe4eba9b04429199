import { nearestName } from '@cartkin/model'

/** "; did you mean x?" for the candidate nearest to a name that is not known, or nothing. */
export function didYouMean(name: string, candidates: Iterable<string>): string {
  const nearest = nearestName(name, candidates)
  return nearest === undefined ? '' : `; did you mean ${nearest}?`
}

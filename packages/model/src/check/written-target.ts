import type { TargetKind } from '../syntax/syntax.ts'
import { quote } from '../text/quote.ts'

/** How a target is written, as messages quote it. */
export function writtenTarget(kind: TargetKind, name: string): string {
  const forms: Record<TargetKind, string> = {
    variable: name,
    derivative: `d/dt(${name})`,
    initial: `${name}(0)`,
    bioavailability: `f(${name})`,
    lag: `lag(${name})`,
    duration: `dur(${name})`,
    rate: `rate(${name})`,
    modelTime: `mtime(${name})`,
  }
  return quote(forms[kind])
}

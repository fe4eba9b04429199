import type { NodeId } from '../graph/graph.ts'
import { Dependence } from '../graph/graph-builder.ts'
import type { TargetKind } from '../syntax/syntax.ts'
import type { CheckContext } from './check-context.ts'
import { bindingKey, type Scope } from './scope.ts'
import { writtenTarget } from './written-target.ts'

/** What a value that is taken at one moment may depend on beside parameters: the start of the run, or a dose. */
const mayKnow: Partial<Record<TargetKind, { readonly time: boolean; readonly doses: boolean; readonly said: string }>> =
  {
    modelTime: { time: false, doses: false, said: 'parameters' },
    initial: { time: true, doses: false, said: 'parameters and time' },
    // a dose counts when it arrives, so its own lag cannot know it
    lag: { time: true, doses: false, said: 'parameters and time' },
    bioavailability: { time: true, doses: true, said: 'parameters, time and doses' },
    duration: { time: true, doses: true, said: 'parameters, time and doses' },
    rate: { time: true, doses: true, said: 'parameters, time and doses' },
  }

/** Reports what a value taken at one moment must not depend on; states above all. */
export function checkMoment(context: CheckContext, kind: TargetKind, name: string, node: NodeId): void {
  const known = mayKnow[kind]
  if (known === undefined) return
  const { builder } = context.algebra
  const depends = (bits: number) => builder.dependsOn(node, bits)
  const what = depends(Dependence.state)
    ? 'a state'
    : !known.doses && context.doses.isOfDoses(node)
      ? 'the doses'
      : depends(Dependence.time | Dependence.switch) && !known.time
        ? 'time'
        : undefined
  if (what === undefined) return
  context.diagnostics.error(
    context.places.get(bindingKey(kind, name)) ?? { offset: 0, length: 1 },
    `${writtenTarget(kind, name)} depends on ${what}; it must be in ${known.said} alone.`,
  )
}

/** The value of a target that must have one wherever the text gives it; undefined where the text does not. */
export function boundNode(context: CheckContext, kind: TargetKind, name: string, scope: Scope): NodeId | undefined {
  const bound = scope.get(bindingKey(kind, name))
  if (bound === undefined || 'node' in bound) return bound?.node
  context.diagnostics.error(
    bound.onlyIn,
    `${writtenTarget(kind, name)} is given only in some branches of this \`if\`; give it in every branch, or compute the rate before and write one equation.`,
  )
  return undefined
}

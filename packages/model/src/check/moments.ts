import type { NodeId } from '../graph/graph.ts'
import { Dependence } from '../graph/graph-builder.ts'
import { arity, Operation } from '../graph/operation.ts'
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
    : !known.doses && dependsOnDoses(context, node)
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

/** Whether any input below a node is of doses; those of linear covariates count as time. */
function dependsOnDoses({ algebra, doses }: CheckContext, root: NodeId): boolean {
  const { builder } = algebra
  const seen = new Set<NodeId>()
  const stack = [root]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (seen.has(node) || !builder.dependsOn(node, Dependence.dose)) continue
    seen.add(node)
    const operation = builder.operation(node)
    if (operation === Operation.dose && !doses.isLinear(builder.argument(node, 0))) return true
    const operands = arity[operation] ?? 0
    if (operands > 0) stack.push(builder.argument(node, 0))
    if (operands > 1) stack.push(builder.argument(node, 1))
    if (operands > 2) stack.push(builder.argument(node, 2))
  }
  return false
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

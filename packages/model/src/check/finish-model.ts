import type { NodeId } from '../graph/graph.ts'
import type { LinearCompartments, Model, Output, State } from '../model.ts'
import type { TargetKind } from '../syntax/syntax.ts'
import { quote } from '../text/quote.ts'
import { checkUnits } from '../units/check-units.ts'
import { aboutInput, aboutModel } from './about-model.ts'
import type { CheckContext } from './check-context.ts'
import type { Endpoints } from './endpoints.ts'
import { checkInterpolated } from './interpolations.ts'
import { boundNode, checkMoment } from './moments.ts'
import { errorParameters } from './residual-errors.ts'
import type { Scope } from './scope.ts'
import { transformsOf } from './transforms.ts'
import { readUnitComment, type UnitAndLabel } from './unit-comment.ts'

/**
 * The model of a text that has been read to its end; undefined where anything was wrong.
 *
 * @param scope what holds after the last line.
 * @param linear the compartments that `linCmt()` brings, and the rates of their states.
 */
export function finishModel(
  context: CheckContext,
  text: string,
  scope: Scope,
  endpoints: Endpoints,
  linear: { readonly rates: ReadonlyMap<string, NodeId>; readonly compartments: LinearCompartments | null },
): Model | undefined {
  const { diagnostics, algebra, parameters, survey, tree } = context
  const derivatives: NodeId[] = []
  const initial: NodeId[] = []
  for (const name of context.states.keys()) {
    derivatives.push(boundNode(context, 'derivative', name, scope) ?? linear.rates.get(name) ?? algebra.zero)
    initial.push(momentNode(context, 'initial', name, scope) ?? algebra.zero)
  }
  const properties = (kind: TargetKind): ReadonlyMap<number, NodeId> => {
    const found = new Map<number, NodeId>()
    for (const [name, index] of context.states) {
      const node = momentNode(context, kind, name, scope)
      if (node !== undefined) found.set(index, node)
    }
    return found
  }
  const bioavailability = properties('bioavailability')
  const lag = properties('lag')
  const duration = properties('duration')
  const rate = properties('rate')
  warnOfUnused(context, endpoints)
  const states = describeStates(context)
  const { outputs, outputRoots } = shownOutputs(context, scope)
  endpoints.checkObserved(new Set([...context.states.keys(), ...outputs.map(({ name }) => name)]))
  completeParameters(context)
  if (states.length === 0 && outputs.length === 0 && diagnostics.count === 0) {
    diagnostics.error(
      { offset: 0, length: 1 },
      'There is no model in this text; expected at least one d/dt(state) = expression, or an output computed from other names (y = 2*x).',
    )
  }
  if (diagnostics.count > 0) return undefined
  const metadata = aboutModel(tree.metadata, tree.title)
  const timeUnit = checkUnits(text, tree, { parameters: parameters.list, states, metadata }, diagnostics)
  return {
    text,
    title: metadata.description,
    metadata,
    timeUnit,
    states,
    parameters: parameters.list,
    outputs,
    omega: parameters.omega,
    errorModels: endpoints.models,
    dvid: survey.declarations.flatMap((declaration) => (declaration.kind === 'dvid' ? declaration.numbers : [])),
    isLinCmt: states.length > 0 && survey.states.size === 0,
    linear: linear.compartments,
    graph: algebra.builder.finish(),
    derivatives,
    initial,
    outputRoots,
    bioavailability,
    lag,
    duration,
    rate,
    switches: context.switches.list,
    doseInputs: context.doses.list,
    warnings: diagnostics.warnings,
  }
}

/** A root that is evaluated once: when the run starts, or when a dose is given. */
function momentNode(context: CheckContext, kind: TargetKind, name: string, scope: Scope): NodeId | undefined {
  const node = boundNode(context, kind, name, scope)
  if (node !== undefined) checkMoment(context, kind, name, node)
  return node
}

/** Unit and label of a name, from its comment; a unit stated for the name comes first. */
function about({ units }: CheckContext, name: string, comment: string): UnitAndLabel {
  const read = readUnitComment(comment)
  const stated = units.get(name)
  return stated === undefined ? read : { ...read, unit: stated }
}

function describeStates(context: CheckContext): readonly State[] {
  const { survey, diagnostics, states } = context
  const nowhere = survey.linear?.at ?? { offset: 0, length: 1 }
  return [...states.keys()].map((name) => {
    const given = survey.states.get(name)
    const atRate = about(context, name, given?.comment ?? '')
    const atStart = readUnitComment(given?.initialComment ?? '')
    const span = diagnostics.lines.span(given?.at ?? nowhere)
    return { name, unit: atRate.unit || atStart.unit, label: atRate.label || atStart.label, span }
  })
}

function shownOutputs(
  context: CheckContext,
  scope: Scope,
): { readonly outputs: readonly Output[]; readonly outputRoots: readonly NodeId[] } {
  const outputs: Output[] = []
  const outputRoots: NodeId[] = []
  for (const [name, variable] of context.survey.variables) {
    const bound = scope.get(name)
    if (!variable.shown || bound === undefined || !('node' in bound)) continue
    const span = context.diagnostics.lines.span(variable.first)
    outputs.push({ name, ...about(context, name, variable.comment), span })
    outputRoots.push(bound.node)
  }
  return { outputs, outputRoots }
}

/** A random or fixed effect that nothing uses is a slip in a name. */
function warnOfUnused({ parameters, survey, diagnostics }: CheckContext, endpoints: Endpoints): void {
  const named = new Set(endpoints.models.flatMap(errorParameters))
  for (const { name, inIni, span } of parameters.list) {
    if (!inIni || survey.used.has(name) || named.has(name)) continue
    diagnostics.warn(span, `${quote(name)} of \`ini\` is used nowhere in the model.`)
  }
}

/** Levels, transforms and what the metadata say, known when all has been read. */
function completeParameters(context: CheckContext): void {
  const { parameters, levels, tree, units, interpolations } = context
  checkInterpolated(context)
  const effects = new Set(parameters.list.filter(({ inIni }) => inIni).map(({ name }) => name))
  const transforms = transformsOf(tree.body, effects)
  for (const { name, kind } of [...parameters.list]) {
    const unit = units.get(name)
    if (kind === 'covariate') {
      const interpolation = interpolations.get(name)
      parameters.complete(name, {
        levels: levels.of(name),
        ...(interpolation !== undefined && { interpolation }),
        ...aboutInput(tree.metadata, name),
      })
    } else if (kind === 'parameter' && effects.has(name)) {
      parameters.complete(name, { transform: transforms.get(name) ?? { kind: 'identity' } })
    }
    if (unit !== undefined) parameters.complete(name, { unit })
  }
}

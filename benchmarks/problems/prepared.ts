import { type CompiledModel, compileModel, type Model, parseModel } from '@cartkin/model'
import { parameterVector } from '@cartkin/simulation'
import { varied } from './p5.ts'
import { FACTORS, populationFactors } from './population.ts'
import type { BenchmarkProblem } from './problem.ts'

/** A problem made ready for every solver: its model, and the parameters of each subject. */
export interface PreparedProblem {
  readonly problem: BenchmarkProblem
  readonly model: Model
  readonly compiled: CompiledModel
  /** One vector for each subject, in the model's order. */
  readonly subjects: readonly Float64Array[]
  /** Indices of the parameters whose sensitivities are wanted. */
  readonly sensitivities: readonly number[]
}

/** Parses and compiles a text that must be right. */
function compiledText(text: string): CompiledModel {
  const parsed = parseModel(text)
  if (!parsed.ok) throw new Error(parsed.diagnostics[0]?.message)
  return compileModel(parsed.model)
}

/** `population`: so many virtual subjects in place of the one with the text's own parameters. */
export function prepare(problem: BenchmarkProblem, population = 0, compile = compiledText): PreparedProblem {
  const compiled = compile(problem.text)
  const { model } = compiled
  const index = (name: string) => {
    const found = model.parameters.findIndex((parameter) => parameter.name === name)
    if (found < 0) throw new Error(`${problem.name} has no parameter ${name}`)
    return found
  }
  const typical = parameterVector(model)
  const factors = populationFactors(population)
  const places = population > 0 ? [...varied, 'T0'].map(index) : []
  const subjects = Array.from({ length: population }, (_, subject) => {
    const parameters = typical.slice()
    for (const [k, place] of places.entries()) parameters[place]! *= factors[subject * FACTORS + k]!
    return parameters
  })
  return {
    problem,
    model,
    compiled,
    subjects: population > 0 ? subjects : [typical],
    sensitivities: (problem.sensitivities ?? []).map(index),
  }
}

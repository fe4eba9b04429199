import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PreparedProblem } from '../problems/prepared.ts'

/** What a native driver reads: sizes, floor, outputs, segments of constant rates, parameters and y0 of each subject. */
function problemData({ problem, model, compiled, subjects }: PreparedProblem): Float64Array {
  const n = model.states.length
  const doses = (problem.doses ?? []).map(({ time, cmt, amt = 0, duration = 0 }) => ({
    from: time,
    to: time + duration,
    state: model.states.findIndex(({ name }) => name === cmt),
    rate: amt / duration,
  }))
  const starts = [...new Set([0, ...doses.flatMap(({ from, to }) => [from, to])])].sort((a, b) => a - b)
  const segments = starts.flatMap((start) => {
    const rates = new Float64Array(n)
    for (const { from, to, state, rate } of doses) if (from <= start && start < to) rates[state]! += rate
    return [start, ...rates]
  })
  const instance = compiled.instantiate()
  const y0 = new Float64Array(n)
  const members = subjects.flatMap((parameters) => {
    instance.setParameters(parameters)
    instance.initialState(y0)
    return [...parameters, ...y0]
  })
  return Float64Array.from([
    ...[subjects.length, problem.times.length, starts.length],
    ...problem.floor,
    ...problem.times,
    ...segments,
    ...members,
  ])
}

/** Writes them to a file in `folder`; its path. */
export function writeProblemData(problem: PreparedProblem, folder: string): string {
  const file = join(folder, 'problem.bin')
  writeFileSync(file, problemData(problem))
  return file
}

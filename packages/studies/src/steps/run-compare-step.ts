import { type ColumnTable, columnsOf, type EndpointDefinition } from '@cartkin/simulation'
import { InputError } from '../files/input-error.ts'
import type { CompareStep } from '../plan/plan.ts'
import type { ComparedEndpoint, CompareStepResult, StepOutput } from './step-result.ts'
import type { StudyContext } from './study-context.ts'
import { tableFiles } from './table-files.ts'

const times: readonly EndpointDefinition['kind'][] = ['timeOfMaximum', 'timeOfMinimum', 'firstBelow', 'firstAbove']
const scales: readonly string[] = ['log10', 'degC', 'grade']

/** Endpoints of simulations side by side. */
export function runCompareStep(step: CompareStep, { file, results }: StudyContext): StepOutput {
  const courses = Object.entries(step.courses).map(([name, label]) => {
    const result = results.get(name)
    if (result?.kind !== 'simulate') throw new InputError(file, `step ${step.name}: ${name} is no simulation`)
    return { name, label, result }
  })
  const result: CompareStepResult = { kind: 'compare', courses, rows: comparedEndpoints(step, courses, file) }
  const table = comparisonTable(result)
  return {
    result,
    files: tableFiles(step.name, table),
    status: {},
    models: [],
    licences: [],
  }
}

/** The wanted endpoints, or all that any course has, in the order of their first appearance. */
function comparedEndpoints(
  { name, endpoints }: CompareStep,
  courses: CompareStepResult['courses'],
  file: string,
): readonly ComparedEndpoint[] {
  const definitions = new Map<string, EndpointDefinition>()
  for (const { name: course, result } of courses)
    for (const definition of result.endpoints) {
      const known = definitions.get(definition.name) ?? definition
      if (known.unit !== definition.unit || known.quantity !== definition.quantity || known.kind !== definition.kind)
        throw new InputError(
          file,
          `step ${name}: ${course} reads ${definition.name} in another way than those before it`,
        )
      definitions.set(definition.name, known)
    }
  for (const wanted of endpoints ?? [])
    if (!definitions.has(wanted)) throw new InputError(file, `step ${name}: no course has the endpoint ${wanted}`)
  return [...definitions.values()]
    .filter((definition) => endpoints?.includes(definition.name) ?? true)
    .map((definition) => {
      const found = courses.map(({ result }) => result.answer.endpoints.find((own) => own.name === definition.name))
      return {
        name: definition.name,
        label: definition.label,
        unit: definition.unit,
        change: times.includes(definition.kind) || scales.includes(definition.unit) ? 'difference' : 'ratio',
        values: found.map((value) => value?.value ?? Number.NaN),
        note: notesOf(courses.map(({ label }, k) => [label, found[k]?.note ?? ''])),
      }
    })
}

/** What is to be said of values, each once, with the courses that it is said of. */
function notesOf(said: readonly (readonly [label: string, note: string])[]): string {
  const notes = new Map<string, string[]>()
  for (const [label, note] of said) if (note !== '') notes.set(note, [...(notes.get(note) ?? []), label])
  return [...notes].map(([note, labels]) => `${labels.join(', ')}: ${note}`).join('; ')
}

/** One row per endpoint; for every course after the first also the difference and the ratio to it. */
function comparisonTable({ courses, rows }: CompareStepResult): ColumnTable {
  const { number, text } = columnsOf(rows)
  const value = ({ values }: ComparedEndpoint, k: number) => values[k] ?? Number.NaN
  return {
    columns: [
      text('endpoint', ({ name }) => name),
      text('label', ({ label }) => label),
      text('unit', ({ unit }) => unit),
      ...courses.map(({ name }, k) => number(name, (row) => value(row, k))),
      ...courses
        .slice(1)
        .flatMap(({ name }, k) => [
          number(`${name}.difference`, (row) => value(row, k + 1) - value(row, 0)),
          number(`${name}.ratio`, (row) => value(row, k + 1) / value(row, 0)),
        ]),
      text('note', ({ note }) => note),
    ],
  }
}

import { type CompiledModel, compileModel, parseModel } from '@cartkin/model'
import { parameterVector, regimenRecords, simulateSubject } from '@cartkin/simulation'
import type { LibraryModel } from '../library/library-model.ts'
import { libraryModel } from '../library/library-models.ts'
import type { KeyNumberStudy, RunCourse, StudyCourse } from './key-number-study.ts'
import { twoSidedGridTable } from './two-sided-grid-table.ts'

/** Runs the courses of a study and reads its figures. Throws an Error that names the course that did not finish, and why. */
export function runKeyNumberStudy(study: KeyNumberStudy): Readonly<Record<string, number>> {
  return study.numbers(runStudyCourses(study))
}

/** Runs the courses of a study, in their order. Throws an Error that names the course that did not finish, and why. */
export function runStudyCourses(study: KeyNumberStudy): readonly RunCourse[] {
  const library = libraryModel(study.model)
  const parsed = parseModel(library.text)
  if (!parsed.ok) throw new Error(`the library's ${library.id} has errors`)
  const model = compileModel(parsed.model)
  return study.courses.map((course) => runCourse(study, course, library, model))
}

function runCourse(study: KeyNumberStudy, course: StudyCourse, library: LibraryModel, model: CompiledModel): RunCourse {
  const { rtol = 1e-8, atol = 1e-10 } = study
  const times = study.times()
  const parameters = parameterVector(model.model, course.parameters)
  const run = simulateSubject({
    model,
    parameters,
    records: regimenRecords(model.model, course.regimen ?? library.regimen, parameters),
    start: library.start,
    end: times.at(-1) ?? library.start,
    options: { rtol, atol },
  })
  if (run.outcome.status !== 'finished')
    throw new Error(`${study.name}, ${course.name}: the run of ${library.id} ended as ${JSON.stringify(run.outcome)}`)
  const places = new Map(model.model.parameters.map(({ name }, place) => [name, place]))
  return {
    ...course,
    table: twoSidedGridTable(model.model, run, times),
    value: (name) => {
      const place = places.get(name)
      if (place === undefined) throw new RangeError(`${library.id} has no parameter ${name}`)
      return parameters[place]!
    },
  }
}

import type { Method } from 'ode-ts'
import type { LibraryCourse } from './library-course.ts'
import type { Contender } from './peers/contender.ts'

/** Steps after which a method is no method for a model. */
const MOST_STEPS = 20_000

/** A method on the course of a library model's typical patient, as a user runs it: tolerances scale from the defaults. */
export function libraryContender(course: LibraryCourse, method: Method | 'auto'): Contender {
  const run = (rtol: number) => course.run({ method, rtol, atol: 1e-3 * rtol, maxSteps: MOST_STEPS })
  return {
    name: method === 'auto' ? 'auto' : method.name,
    async solve(rtol) {
      const solved = run(rtol)
      return { values: course.values(solved), effort: solved.statistics }
    },
    async time(rtol, repeats) {
      const start = process.cpuUsage()
      for (let k = 0; k < repeats; k++) run(rtol)
      const { user, system } = process.cpuUsage(start)
      return (user + system) / repeats
    },
    close() {},
  }
}

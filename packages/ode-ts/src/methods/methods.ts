import { dop853 } from './dop853.ts'
import type { Method } from './method.ts'
import { radau9 } from './radau9.ts'
import { radau13 } from './radau13.ts'
import { rodas4 } from './rodas4.ts'
import { rodas5p } from './rodas5p.ts'
import { tsit5 } from './tsit5.ts'

/** Every method of this package; a new one is a data file and a line here. */
export const methods: readonly Method[] = [tsit5, dop853, rodas4, rodas5p, radau9, radau13]

/** The method of that name, or 'auto' for 'auto'. Throws a RangeError that lists the names when there is none. */
export function methodNamed(name: string): Method | 'auto' {
  if (name === 'auto') return 'auto'
  const found = methods.find((method) => method.name === name)
  if (found === undefined) {
    const names = methods.map((method) => method.name).join(', ')
    throw new RangeError(`no method is named "${name}"; there are auto, ${names}`)
  }
  return found
}

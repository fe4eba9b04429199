import { InputError } from './input-error.ts'

/** Does work whose misuse is what stands in a file: a RangeError becomes an InputError of that file. */
export function asInput<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof RangeError) throw new InputError(file, error.message)
    throw error
  }
}

/**
 * Runs `work` on the newest input only: one call in flight, and of the inputs that arrive meanwhile the last one.
 * `done` is told every output together with the input it belongs to.
 */
export function latestOnly<I, O>(
  work: (input: I) => Promise<O>,
  done: (output: O, input: I) => void,
): (input: I) => void {
  let busy = false
  let next: { readonly input: I } | null = null

  const run = async (input: I): Promise<void> => {
    busy = true
    try {
      done(await work(input), input)
    } finally {
      busy = false
      const waiting = next
      next = null
      if (waiting) void run(waiting.input)
    }
  }

  return (input) => {
    if (busy) next = { input }
    else void run(input)
  }
}

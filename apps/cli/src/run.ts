import { createInterface, type Interface } from 'node:readline'
import { main } from './main.ts'

/** A terminal's Ctrl-C may come twice, from it and from the program that started this one: within this time it is one, milliseconds. */
const sameKey = 300

/** Runs the program on this process: its words, streams and signals. */
export async function run(): Promise<void> {
  const stop = new AbortController()
  const reading: Interface[] = []
  const first = { at: Number.POSITIVE_INFINITY }
  process.on('SIGINT', () => {
    // A second Ctrl-C ends at once.
    if (performance.now() - first.at > sameKey) process.exit(5)
    first.at = Math.min(first.at, performance.now())
    stop.abort()
  })
  process.on('SIGTERM', () => stop.abort())
  // A reader that has seen enough (`| head`) is no failure; a full disk is.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    process.stderr.write(`the standard output could not be written: ${error.message}\n`)
    process.exit(3)
  })
  // Nobody listens to the messages (`2>&1 | head`): the work goes on without them.
  process.stderr.on('error', () => {})
  process.exitCode = await main(process.argv.slice(2), {
    folder: process.cwd(),
    terminal: process.stderr.isTTY === true,
    signal: stop.signal,
    input: {
      isTerminal: process.stdin.isTTY === true,
      read() {
        const lines = createInterface({ input: process.stdin })
        reading.push(lines)
        return lines
      },
    },
    out: (text) => {
      process.stdout.write(text)
    },
    note: (text) => {
      process.stderr.write(text)
    },
  })
  // a terminal that is still open shall not keep the process
  for (const lines of reading) lines.close()
}

import { main } from './main.ts'

/** Runs the program on this process: its words, streams and signals. */
export async function run(): Promise<void> {
  const stop = new AbortController()
  process.on('SIGINT', () => {
    // A second Ctrl-C ends at once.
    if (stop.signal.aborted) process.exit(5)
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
    out: (text) => {
      process.stdout.write(text)
    },
    note: (text) => {
      process.stderr.write(text)
    },
  })
}

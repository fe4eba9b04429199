import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** A program that answers each line with a line. */
export interface LineProcess {
  ask(line: string): Promise<string>
  close(): void
}

export function startLineProcess(program: string, args: readonly string[]): LineProcess {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    async ask(line) {
      child.stdin.write(`${line}\n`)
      const answer = await lines.next()
      if (answer.done === true) throw new Error(`${program} ended without an answer to: ${line}`)
      return answer.value
    },
    close() {
      child.stdin.end()
    },
  }
}

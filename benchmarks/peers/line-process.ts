import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** A program that answers each line with a line that begins with `= `; others it prints are passed over. */
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
      for (;;) {
        const answer = await lines.next()
        if (answer.done === true) throw new Error(`${program} ended without an answer to: ${line}`)
        if (answer.value.startsWith('= ')) return answer.value.slice(2)
      }
    },
    close() {
      child.stdin.end()
    },
  }
}

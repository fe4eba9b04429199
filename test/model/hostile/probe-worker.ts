import { parentPort } from 'node:worker_threads'
import { guardedKeys } from './guarded-keys.ts'
import { hostileText } from './hostile-texts.ts'
import { probeText } from './text-probe.ts'

export interface Question {
  readonly family: string
  readonly name: string
  readonly depth: 'run' | 'all'
}

parentPort?.on('message', ({ family, name, depth }: Question) => {
  const text = hostileText(family, name)
  const before = guardedKeys()
  const { problems, seconds } = probeText(text, depth)
  const changed = guardedKeys() === before ? [] : ['prototypes or globals have changed']
  parentPort?.postMessage({ problems: [...problems, ...changed], seconds })
})

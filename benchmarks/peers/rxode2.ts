import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const R = process.env['RSCRIPT'] ?? 'Rscript'

/** Whether R and its package rxode2 are installed. */
export function hasRxode2(): boolean {
  const probe = spawnSync(R, ['-e', 'quit(status = !requireNamespace("rxode2", quietly = TRUE))'])
  return probe.status === 0
}

/** Milliseconds from a model text to a compiled model in rxode2, in a new R that has loaded it; nothing is taken from its cache. */
export function compileMilliseconds(text: string): number {
  const folder = mkdtempSync(join(tmpdir(), 'cartkin-rxode2-'))
  try {
    const file = join(folder, 'model.txt')
    writeFileSync(file, text)
    const script = join(import.meta.dirname, 'rxode2.R')
    const env = { ...process.env, rxTempDir: folder }
    return Number(execFileSync(R, [script, file], { encoding: 'utf8', env }).trim().split('\n').at(-1))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

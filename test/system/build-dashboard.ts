import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Folder of the built dashboard. */
    readonly dashboard: string
  }
}

/** Builds the dashboard once for all files of a project; the answer removes it. */
export function setup({ provide }: TestProject): () => void {
  const root = join(import.meta.dirname, '../..')
  const dist = mkdtempSync(join(tmpdir(), 'cartkin-dashboard-'))
  execFileSync(
    join(root, 'node_modules/.bin/vite'),
    ['build', 'apps/dashboard', '--outDir', dist, '--emptyOutDir', '--logLevel', 'error'],
    { cwd: root },
  )
  provide('dashboard', dist)
  return () => rmSync(dist, { recursive: true })
}

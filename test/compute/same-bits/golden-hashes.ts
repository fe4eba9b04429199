import { readFileSync, writeFileSync } from 'node:fs'
import type { Hashes } from './hash-runs.ts'

const file = new URL('./golden-hashes.json', import.meta.url)

/** The stored hashes. They change only with the models, the methods or the functions of numerics, and then on purpose. */
export function goldenHashes(): Hashes {
  return JSON.parse(readFileSync(file, 'utf8'))
}

/** Stores hashes in place of those before. */
export function storeGoldenHashes(hashes: Hashes): void {
  writeFileSync(file, `${JSON.stringify(hashes, null, 2)}\n`)
}

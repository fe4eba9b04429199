import { fileURLToPath } from 'node:url'
import { decodeText } from '@cartkin/tables'
import { readInput } from './read-input.ts'

/** A file of published evidence that comes with the models: `evidence/targets/calibration_targets.json`. */
export async function evidence(path: `evidence/${string}` | `data/${string}`): Promise<{
  readonly file: string
  readonly bytes: Uint8Array
  readonly text: string
}> {
  const bytes = await readInput(fileURLToPath(import.meta.resolve(`@cartkin/cart-models/${path}`)))
  return { file: path, bytes, text: decodeText(bytes, path) }
}

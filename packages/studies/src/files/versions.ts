import { readFile } from 'node:fs/promises'
import { z } from 'zod'

const versioned = z.object({ version: z.string() })

/** Versions of the toolkit and of Node, for a manifest. */
export async function versions(): Promise<Readonly<Record<string, string>>> {
  const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8')
  return { cartkin: versioned.parse(JSON.parse(text)).version, node: process.versions.node }
}

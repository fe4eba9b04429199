import { applied, difference } from '../document/difference.ts'
import { sha256 } from '../document/document-hash.ts'
import type { ProjectDocument } from '../document/project-document.ts'
import { readDocument } from '../document/read-document.ts'
import { canonicalJson } from '../document/write-document.ts'
import { compressed, expanded } from './compressed.ts'

/** Longest fragment of a link, characters: longer addresses are cut by chats and mail programs. */
export const longestLink = 8 * 1024
/** Most bytes that the payload of a link may stand for. */
const mostExpanded = 4 * 1024 * 1024
/** Digits of the payload's hash in a link: what was changed on the way is refused. */
const hashDigits = 16
const version = '1'

export type ReadLink =
  /** The address has no project in it. */
  | { readonly kind: 'none' }
  | { readonly kind: 'refused'; readonly problem: string }
  | { readonly kind: 'project'; readonly document: ProjectDocument }

/**
 * A document as the fragment of an address: version, start of the payload's hash, and the payload: what makes the document
 * of an untouched project, compressed, in base64url. Of data not even the name goes into it.
 */
export async function writeLink(project: ProjectDocument): Promise<string> {
  const document = { ...project, data: null }
  const models = Object.keys(document.desks)
  // data stay where they are, and so do their names
  const { data: _, ...linked } = document
  const text = canonicalJson([document.open, models, difference(untouched(document.open, models), linked)])
  return `#project=${version}.${await checkOf(text)}.${base64url(await compressed(text))}`
}

/** The document of a fragment. Nothing of it is run: it is data, checked like any that comes from elsewhere. */
export async function readLink(fragment: string): Promise<ReadLink> {
  if (!fragment.startsWith('#project=')) return { kind: 'none' }
  if (fragment.length > longestLink) return refused(`it is longer than ${longestLink} characters`)
  const [found, hash = '', payload = '', ...rest] = fragment.slice('#project='.length).split('.')
  if (found !== version) return refused('it was made by another version of cartkin')
  const bytes = bytesOf(payload)
  if (rest.length > 0 || bytes === null) return refused('it is incomplete')
  const text = await expanded(bytes, mostExpanded)
  if (text === null) return refused('it is incomplete, or too large')
  if ((await checkOf(text)) !== hash) return refused('it was changed on the way')
  try {
    const [open, models, change]: readonly unknown[] = JSON.parse(text)
    if (typeof open !== 'string' || !Array.isArray(models)) return refused('it has no project in it')
    const read = readDocument(applied(untouched(open, models.map(String)), change))
    return read.ok ? { kind: 'project', document: read.document } : refused(read.problem)
  } catch {
    return refused('it has no project in it')
  }
}

/** What links of this version are the difference to: it stays, so that they stay what they are. */
function untouched(open: string, models: readonly string[]): object {
  const scenario = { id: 's1', name: 'Scenario 1', look: 0, shown: true, inputs: {}, parameters: {} }
  const desk = {
    scenarios: [{ ...scenario, regimen: { name: '', doses: [] }, horizon: 365 }],
    active: 's1',
    comparison: 'overlay',
    difference: 'ratio',
    reference: null,
    bounds: {},
    fixed: [],
    view: { lastTime: null, quantities: null, scales: {}, tables: [] },
  }
  const desks = Object.fromEntries(models.map((model) => [model, desk]))
  return { schema: 1, name: '', open, ownText: null, draft: null, desks }
}

async function checkOf(text: string): Promise<string> {
  return (await sha256(new TextEncoder().encode(text))).slice(0, hashDigits)
}

function base64url(bytes: Uint8Array): string {
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0))
  } catch {
    return null
  }
}

function refused(problem: string): ReadLink {
  return { kind: 'refused', problem }
}

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadDashboard } from './load-dashboard.ts'

type Plain = Readonly<Record<string, unknown>>
type Read = { readonly ok: true; readonly document: Plain } | { readonly ok: false; readonly problem: string }
type Link = { readonly kind: string; readonly document?: Plain; readonly problem?: string }

const { readDocument, parseDocument }: { readDocument(unknown: unknown): Read; parseDocument(text: string): Read } =
  await loadDashboard('document/read-document.ts')
const {
  writeDocument,
  canonicalJson,
}: { writeDocument(document: Plain): string; canonicalJson(value: unknown): string } =
  await loadDashboard('document/write-document.ts')
const { documentHash }: { documentHash(document: Plain): Promise<string> } =
  await loadDashboard('document/document-hash.ts')
const {
  difference,
  applied,
}: { difference(a: unknown, b: unknown): unknown; applied(a: unknown, d: unknown): unknown } =
  await loadDashboard('document/difference.ts')
const { blankProject }: { blankProject(open: string): Plain } = await loadDashboard('document/project-document.ts')
const {
  writeLink,
  readLink,
}: { writeLink(document: Plain): Promise<string>; readLink(fragment: string): Promise<Link> } =
  await loadDashboard('storage/project-link.ts')
const {
  compressed,
  expanded,
}: {
  compressed(text: string): Promise<Uint8Array>
  expanded(bytes: Uint8Array, most: number): Promise<string | null>
} = await loadDashboard('storage/compressed.ts')
interface Kept {
  readonly step: { readonly label: string; readonly at: number }
  readonly state: Plain
}
interface Saved {
  readonly document: string
  readonly past: readonly { readonly label: string; readonly at: number; readonly back: string }[]
  readonly future: Saved['past']
}
const {
  historyWriter,
  readSteps,
}: {
  historyWriter(): (present: Plain, past: readonly Kept[], future?: readonly Kept[]) => Saved
  readSteps(document: string, steps: Saved['past']): Iterable<Kept>
} = {
  ...(await loadDashboard('document/saved-history.ts')),
  ...(await loadDashboard('document/read-steps.ts')),
}

const name = fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('constructor', 'toString', 'lupus-qsp', 'ρ "x"\n'))
const safeName = name.filter((text) => text !== '__proto__')
const number = fc.double({ noNaN: true, noDefaultInfinity: true })
const numbers = fc.dictionary(safeName, number, { maxKeys: 5 })
const dose = fc.record(
  {
    time: number,
    cmt: name,
    amt: fc.oneof(number, name),
    ii: number,
    addl: fc.nat(1000),
    label: fc.string(),
    evid: fc.constantFrom(5, 6),
  },
  { requiredKeys: ['time', 'cmt', 'amt'] },
)
const regimen = fc.record(
  {
    name,
    doses: fc.array(dose, { maxLength: 6 }),
    milestones: fc.array(fc.record({ time: number, label: name }), { maxLength: 2 }),
  },
  { requiredKeys: ['name', 'doses'] },
)
const scenario = fc.record({
  name,
  look: fc.nat(4),
  shown: fc.boolean(),
  regimen,
  horizon: fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
  inputs: numbers,
  parameters: numbers,
})
const bounds = fc.record({ lower: fc.double({ noNaN: true }), upper: fc.double({ noNaN: true }) })
const desk = fc.record({
  scenarios: fc
    .array(scenario, { minLength: 1, maxLength: 4 })
    .map((scenarios) => scenarios.map((one, k) => ({ id: `s${k + 1}`, ...one }))),
  active: fc.constantFrom('s1', 's2'),
  comparison: fc.constantFrom('overlay', 'multiples', 'difference'),
  bounds: fc.dictionary(safeName, bounds, { maxKeys: 3 }),
  fixed: fc.array(name, { maxLength: 3 }),
  view: fc.record({
    lastTime: fc.option(number),
    period: fc.option(
      fc
        .tuple(number, number)
        .filter(([a, b]) => a < b)
        .map(([low, high]) => ({ low, high })),
    ),
    quantities: fc.option(fc.array(name, { maxLength: 3 })),
    scales: fc.dictionary(safeName, fc.constantFrom('linear', 'log'), { maxKeys: 3 }),
    tables: fc.array(name, { maxLength: 3 }),
  }),
})
/** Documents as this version has them: made whole by the reader. */
const documents = fc
  .record({
    schema: fc.constant(1),
    name,
    open: name,
    ownText: fc.option(fc.string()),
    draft: fc.option(fc.string()),
    desks: fc.dictionary(safeName, desk, { maxKeys: 3 }),
  })
  .map((raw) => {
    const read = readDocument(raw)
    if (!read.ok) throw new Error(read.problem)
    return read.document
  })

describe('a document', () => {
  it('is the same after it was written and read', () => {
    fc.assert(
      fc.property(documents, (document) => {
        expect(parseDocument(writeDocument(document))).toEqual({ ok: true, document })
      }),
    )
  })

  it('has one text and one hash, whatever the order of its fields', async () => {
    await fc.assert(
      fc.asyncProperty(documents, async (document) => {
        const turned = Object.fromEntries(Object.entries(document).toReversed())
        expect(writeDocument(turned)).toBe(writeDocument(document))
        expect(await documentHash(turned)).toBe(await documentHash(document))
      }),
      { numRuns: 20 },
    )
  })

  it('of an earlier version gets the fields that it lacked, and loses those that nobody knows', () => {
    const [scenario] = fc
      .sample(
        documents.filter(({ desks }) => Object.keys(desks as Plain).length > 0),
        1,
      )
      .flatMap(({ desks }) =>
        Object.values(desks as Record<string, { scenarios: readonly unknown[] }>).flatMap(({ scenarios }) => scenarios),
      )
    const read = readDocument({
      schema: 1,
      open: 'm',
      unheard: 1,
      desks: { m: { scenarios: [scenario], active: 's1', more: 2 } },
    })
    if (!read.ok) throw new Error(read.problem)
    expect(read.document).toMatchObject({ name: '', ownText: null, desks: { m: { comparison: 'overlay', fixed: [] } } })
    expect(read.document).not.toHaveProperty('unheard')
  })

  it('is refused in words where it is none', () => {
    const good = blankProject('m')
    const deep = Array.from({ length: 100_000 }).reduce<unknown>((inner) => [inner], 0)
    for (const [bad, words] of [
      [null, /no cartkin project/],
      ['text', /no cartkin project/],
      [[], /no cartkin project/],
      [{ ...good, schema: 2 }, /another version/],
      [{ ...good, desks: { m: 3 } }, /desks\.m: expected/],
      [{ ...good, open: 3 }, /open: expected string/],
      [{ ...good, ownText: 'x'.repeat(2 * 1024 * 1024 + 1) }, /ownText: more than 2097152/],
      [{ ...good, desks: deep }, /nested too deeply/],
    ] as const) {
      const read = readDocument(bad)
      expect(read.ok ? '' : read.problem).toMatch(words)
    }
    expect(parseDocument('{"schema":1')).toEqual({ ok: false, problem: 'it is not JSON' })
  })

  it('cannot change what all objects have', () => {
    const hostile = '{"schema":1,"open":"m","__proto__":{"polluted":1},"desks":{"__proto__":{"polluted":1}}}'
    const read = parseDocument(hostile)
    expect(read.ok).toBe(true)
    expect(({} as Plain)['polluted']).toBeUndefined()
    if (read.ok) expect((read.document['desks'] as Plain)['polluted']).toBeUndefined()
  })
})

describe('a difference', () => {
  it('turns one value into the other, written as JSON between', () => {
    fc.assert(
      fc.property(documents, documents, (a, b) => {
        const between = JSON.parse(canonicalJson(difference(a, b)))
        expect(canonicalJson(applied(JSON.parse(canonicalJson(a)), between))).toBe(canonicalJson(b))
      }),
    )
  })

  it('of lists holds what was put in or taken out', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3)), fc.array(fc.nat(3)), (a, b) => {
        expect(applied(a, difference(a, b))).toEqual(b)
      }),
    )
    const long = Array.from({ length: 1000 }, (_, k) => ({ k }))
    expect(JSON.stringify(difference(long, long.toSpliced(500, 1))).length).toBeLessThan(20)
  })

  it('from anywhere is applied or refused', () => {
    fc.assert(
      fc.property(documents, fc.jsonValue(), (document, anything) => {
        try {
          applied(document, anything)
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError)
        }
      }),
    )
  })
})

describe('a saved history', () => {
  it('has the states that undo goes back over, and those that redo brings again', () => {
    fc.assert(
      fc.property(fc.array(documents, { minLength: 1, maxLength: 6 }), (states) => {
        const present = states[states.length - 1]!
        const past = states.slice(0, -1).map((state, k) => ({ step: { label: `step ${k}`, at: k }, state }))
        const future = past.map(({ state }, k) => ({ step: { label: `later ${k}`, at: k }, state }))
        const saved: Saved = JSON.parse(JSON.stringify(historyWriter()(present, past, future)))
        expect([...readSteps(saved.document, saved.past)].toReversed()).toEqual(past)
        expect([...readSteps(saved.document, saved.future)].toReversed()).toEqual(future)
      }),
      { numRuns: 50 },
    )
  })

  it('holds a text of 2 MiB once, and at most 100 steps', () => {
    const text = 'x'.repeat(2 * 1024 * 1024)
    const states = Array.from({ length: 150 }, (_, k) => ({ ...blankProject('m'), ownText: text, name: `name ${k}` }))
    const past = states.slice(0, -1).map((state, k) => ({ step: { label: `step ${k}`, at: k }, state }))
    const saved = historyWriter()(states.at(-1)!, past)
    expect(saved.past.length).toBe(100)
    expect(JSON.stringify(saved).length).toBeLessThan(text.length + 20_000)
  })
})

describe('a link', () => {
  it('opens to the same document', async () => {
    await fc.assert(
      fc.asyncProperty(documents, async (document) => {
        const link = await writeLink(document)
        expect(link).toMatch(/^#project=1\.[0-9a-f]{16}\.[A-Za-z0-9_-]+$/)
        if (link.length <= 8192) expect(await readLink(link)).toEqual({ kind: 'project', document })
      }),
      { numRuns: 50 },
    )
  })

  it('with one character changed is refused or opens to the same document', async () => {
    const [document] = fc.sample(documents, { numRuns: 1, seed: 3 })
    const link = await writeLink(document!)
    for (let at = 0; at < link.length; at++)
      await Promise.all(
        ['A', '_', '.', '0', '\u0000', '%'].map(async (other) => {
          if (link[at] === other) return
          const read = await readLink(`${link.slice(0, at)}${other}${link.slice(at + 1)}`)
          if (read.kind === 'project') expect(read.document).toEqual(document)
        }),
      )
  })

  it('that is cut or has something more is refused', async () => {
    const link = await writeLink(blankProject('lupus-qsp'))
    for (const text of [
      link.slice(0, -5),
      `${link}.x`,
      '#project=',
      '#project=1..',
      '#project=2.0.0',
      `#project=${'x'.repeat(9000)}`,
    ])
      expect((await readLink(text)).kind).toBe('refused')
    expect(await readLink('#plots')).toEqual({ kind: 'none' })
    expect(await readLink('')).toEqual({ kind: 'none' })
  })

  it('is not expanded beyond its budget', async () => {
    const bomb = await compressed('0'.repeat(50_000_000))
    expect(bomb.length).toBeLessThan(60_000)
    expect(await expanded(bomb, 1_000_000)).toBeNull()
    expect(await expanded(await compressed('good'), 1_000_000)).toBe('good')
  })
})

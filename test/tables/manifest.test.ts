import { DataError, type ManifestInput, manifestOf, parseManifest, sha256Hex, verifyManifest } from '@cartkin/tables'
import { describe, expect, it } from 'vitest'

const utf8 = (text: string) => new TextEncoder().encode(text)
const files = new Map([
  ['courses/a.arrow', utf8('course of a')],
  ['report.html', utf8('<!doctype html>')],
])
const input: ManifestInput = {
  versions: { cartkin: '0.1.0', node: '24' },
  model: { id: 'stein-2019', text: 'd/dt(E) = rho*E' },
  data: { file: 'd.csv', bytes: utf8('ID,TIME\n1,0\n') },
  options: { solver: { rtol: 1e-7, method: 'rodas5p' }, times: [0, 1], label: null },
  seed: 7,
  status: { ok: 198, failed: 2 },
  licences: ['CC BY-NC 4.0'],
  files: [...files].map(([name, bytes]) => ({ name, bytes })),
}
const reader = (name: string) => Promise.resolve(files.get(name) ?? null)

/** Every way to change one leaf of a JSON value. */
function tampered(value: unknown): readonly unknown[] {
  if (typeof value === 'number') return [value + 1]
  if (typeof value === 'string') return [`${value}x`]
  if (value === null) return [0]
  if (Array.isArray(value)) return value.flatMap((entry, i) => tampered(entry).map((other) => value.with(i, other)))
  if (typeof value === 'object')
    return Object.entries(value).flatMap(([key, entry]) => tampered(entry).map((other) => ({ ...value, [key]: other })))
  return []
}

describe('sha256Hex', () => {
  it('agrees with FIPS 180-4 on "abc" and the empty text', async () => {
    expect(await sha256Hex(utf8('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(await sha256Hex(new Uint8Array())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  })
})

describe('a manifest', () => {
  it('verifies what it was made from, through JSON', async () => {
    const manifest = parseManifest(JSON.stringify(await manifestOf(input)))
    expect(manifest).toEqual(await manifestOf(input))
    expect(await verifyManifest(manifest, reader)).toEqual([])
  })

  it('is the same for equal work, in whatever order files and options were given', async () => {
    const { solver, times, label } = { solver: { method: 'rodas5p', rtol: 1e-7 }, times: [0, 1], label: null }
    const other = await manifestOf({ ...input, options: { label, times, solver }, files: input.files.toReversed() })
    expect(other.self).toBe((await manifestOf(input)).self)
  })

  it('notices a change of any of its fields', async () => {
    const changes = tampered(await manifestOf(input))
    expect(changes.length).toBeGreaterThan(20)
    for (const change of changes) {
      const findings = await Promise.resolve()
        .then(() => verifyManifest(parseManifest(JSON.stringify(change)), reader))
        .catch((error: unknown) => {
          expect(error).toBeInstanceOf(DataError)
          return ['refused']
        })
      expect(findings.length, JSON.stringify(change)).toBeGreaterThan(0)
    }
  })

  it('names files that are missing, of another length, or of other content', async () => {
    const manifest = await manifestOf(input)
    const finding = async (bytes: Uint8Array | null) =>
      (await verifyManifest(manifest, (name) => (name === 'report.html' ? Promise.resolve(bytes) : reader(name))))[0]
    expect(await finding(null)).toMatchObject({ file: 'report.html', kind: 'missing' })
    expect(await finding(utf8('<!doctype'))).toMatchObject({
      kind: 'length',
      message: 'report.html has 9 bytes instead of 15',
    })
    expect(await finding(utf8('<!doctype HTML>'))).toMatchObject({ kind: 'content' })
  })

  it.each(['../x', '/etc/passwd', 'a/../b', 'a\\b', '.hidden', '', 'a//b', 'a\0b', `${'x'.repeat(101)}`, 'C:x'])(
    'takes no file name that could lead elsewhere: %j',
    async (name) => {
      await expect(manifestOf({ ...input, files: [{ name, bytes: utf8('') }] })).rejects.toThrow(RangeError)
      const manifest = await manifestOf(input)
      const text = JSON.stringify({ ...manifest, files: [{ ...manifest.files[0], name }] })
      expect(() => parseManifest(text)).toThrow(DataError)
    },
  )

  it('holds finite numbers only', async () => {
    await expect(manifestOf({ ...input, options: { rtol: Number.NaN } })).rejects.toThrow(
      'NaN cannot be written as JSON',
    )
  })

  it('says which field is wrong', () => {
    expect(() => parseManifest('{')).toThrow('is not JSON')
    expect(() => parseManifest('{"format":"other"}')).toThrow('format is "other"')
    expect(() => parseManifest('{"format":"cartkin-manifest-1","model":{"id":3}}')).toThrow('versions is missing')
  })
})

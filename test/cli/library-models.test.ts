import { parseModel } from '@cartkin/model'
import { describe, expect, it } from 'vitest'
import { cartkin, folderWith } from './run-main.ts'

const folder = () => folderWith()
const day = (csv: string, column: string): number => {
  const [header = '', row = ''] = csv.trim().split('\n')
  return Number(row.split(',')[header.split(',').indexOf(column)])
}

describe('a scenario of a library model', () => {
  const run = (...more: readonly string[]) =>
    cartkin(folder(), ['simulate', 'lupus-flu-cy', '--times', '14', ...more]).then(({ out }) => day(out, 'flu_AUC'))

  it('has its doses and values, which --param and --regimen replace', async () => {
    const [typical, weak, stronger, none] = [
      await run(),
      await run('--scenario', 'weak-kidney'),
      await run('--scenario', 'weak-kidney', '--param', 'CRCL=200'),
      await run('--scenario', 'weak-kidney', '--regimen', 'none'),
    ]
    expect(weak).toBeGreaterThan(1.1 * typical)
    expect(stronger).toBeLessThan(typical)
    expect(none).toBe(0)
  })

  it('that is not there is refused with those that are', async () => {
    const { code, note } = await cartkin(folder(), ['simulate', 'lupus-flu-cy', '--scenario', 'weak-kidny'])
    expect([code, note]).toEqual([
      3,
      '--scenario weak-kidny: lupus-flu-cy has no such scenario; did you mean weak-kidney?\n',
    ])
    const other = await cartkin(folder(), ['simulate', 'kimmel-2021', '--scenario', 'x'])
    expect(other.note).toContain('kimmel-2021 has no such scenario')
  })

  it('is listed', async () => {
    const { out } = await cartkin(folder(), ['models', 'show', 'lupus-flu-cy'])
    expect(out).toContain('Scenarios (cartkin simulate lupus-flu-cy --scenario ID)\n')
    expect(out).toMatch(/\nweak-kidney {2,}Creatinine/)
  })
})

describe('a library model made of others', () => {
  it('is shown with its parts', async () => {
    const { out } = await cartkin(folder(), ['models', 'show', 'lupus-crs-care'])
    expect(out).toMatch(/Made of \(cartkin convert lupus-crs-care --to compose\)\nmodel .*\nlupus-qsp /)
  })

  it('is written as the composition that makes it, and runs as such to the same values', async () => {
    const written = await cartkin(folder(), ['convert', 'lupus-crs-care', '--to', 'compose'])
    const own = folderWith({ 'own.compose.yaml': written.out })
    const times = ['--times', '9']
    const [whole, made] = [
      await cartkin(own, ['simulate', 'lupus-crs-care', ...times]),
      await cartkin(own, ['simulate', 'own.compose.yaml', ...times]),
    ]
    expect(day(whole.out, 'CAR')).toBeGreaterThan(100)
    expect(day(made.out, 'CAR')).toBe(day(whole.out, 'CAR'))
    expect(made.note).toBe('')
    expect(parseModel((await cartkin(own, ['convert', 'own.compose.yaml', '--to', 'rx'])).out).ok).toBe(true)
  })

  it('says which doses of its first part are left out where no others are given', async () => {
    const { out } = await cartkin(folder(), ['convert', 'lupus-flu-cy', '--to', 'compose'])
    const own = folderWith({ 'own.compose.yaml': out })
    const { note } = await cartkin(own, ['simulate', 'own.compose.yaml', '--times', '9'])
    expect(note).toContain(
      'of the doses of lupus-qsp, 1 of 4 go into states that are still there; --regimen gives others',
    )
  })

  it('is told from one that is not', async () => {
    const { code, note } = await cartkin(folder(), ['convert', 'lupus-qsp', '--to', 'compose'])
    expect(code).toBe(3)
    expect(note).toContain('lupus-qsp: is not a library model made of others')
  })
})

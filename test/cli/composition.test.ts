import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseModel } from '@cartkin/model'
import { describe, expect, it } from 'vitest'
import { cartkin, folderWith } from './run-main.ts'

const files = {
  'drug.txt': 'k = 0.5 # [1/day] Loss\nd/dt(A) = -k*A # [mg] Drug\nC = A/10 # [mg/L] Concentration\n',
  'effect.txt': 'kin = 2 # [1/day] Production\nI = 0 # [1] Inhibition\nd/dt(R) = kin*(1 - I) - R # [1] Response\n',
  'whole.compose.yaml': `name: Drug and effect
parts:
  - { id: drug, model: drug.txt, prefix: d_ }
  - { id: effect, model: effect.txt, connect: { I: d_C/(d_C + 1) } }
`,
}
const folder = (more = {}) => folderWith({ ...files, ...more })

describe('a composition file as MODEL', () => {
  it('is shown as the text it makes', async () => {
    const { code, out, note } = await cartkin(folder(), ['convert', 'whole.compose.yaml', '--to', 'rx'])
    expect([code, note]).toEqual([0, ''])
    expect(out).toContain('\n# effect\nI ~ d_C/(d_C + 1) # [1] Inhibition\n')
    expect(parseModel(out).ok).toBe(true)
  })

  it('is checked, and units that clash are told at their place in the text', async () => {
    const clash = files['whole.compose.yaml'].replace('d_C/(d_C + 1)', 'd_C')
    const { code, out, note } = await cartkin(folder({ 'whole.compose.yaml': clash }), ['check', 'whole.compose.yaml'])
    expect(code).toBe(0)
    expect(out).toContain('whole.compose.yaml: no errors')
    expect(note).toContain(
      'whole.compose.yaml (composed text):14:1: warning: `I` is in [1], but `d_C` in [mg/L]; these are different quantities',
    )
  })

  it('with an error is refused', async () => {
    const wrong = files['whole.compose.yaml'].replace(', prefix: d_', '').replace(/d_/g, '')
    const clash = `${wrong}  - { id: again, model: drug.txt }\n`
    const { code, note } = await cartkin(folder({ 'whole.compose.yaml': clash }), ['check', 'whole.compose.yaml'])
    expect(code).toBe(3)
    expect(note).toContain('drug.txt:1:1: error: `k` of part `again` has the name of `k` of part `drug` (line 1)')
  })

  it('is simulated', async () => {
    const there = folder()
    const words = ['simulate', 'whole.compose.yaml', '--times', '0:2:1', '--param', 'd_k=1', '--out', 'o.csv']
    expect((await cartkin(there, words)).code).toBe(0)
    const [header, , second] = readFileSync(join(there, 'o.csv'), 'utf8').split('\n')
    expect(header).toBe('time,d_A,R,d_C')
    // 2·(1 - exp(-t)) without a drug
    expect(Number(second?.split(',')[2])).toBeCloseTo(2 * (1 - Math.exp(-1)), 6)
  })
})

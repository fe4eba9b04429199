import { describe, expect, it } from 'vitest'
import { cartkin, folderWith } from './run-main.ts'

const model = `ke = 0.2 # [1/h]
V = 10 # [L]
d/dt(A) = -ke*A # [mg]
C = A/V # [mg/L]
`
const head = 'ID,TIME,AMT,DV'
const dose = '1,0,100,.'

async function fit(data: string, ...words: readonly string[]) {
  const folder = folderWith({ 'm.txt': model, 'd.csv': data })
  return cartkin(folder, [
    ...['fit', 'm.txt', '--data', 'd.csv', '--lloq', '0.5', '--estimate', 'ke,V', '--endpoint', 'C=proportional'],
    ...['--no-profiles', '--workers', '1', '--max-iterations', '2', '--out', 'out'],
    ...words,
  ])
}

const file = (...rows: readonly string[]) => `${rows.join('\n')}\n`

/** What, the file, what a pooled fit says, and what is said of the patient alone. */
const faults: readonly (readonly [what: string, data: string, pooled: string, alone: string])[] = [
  [
    'all values below quantification',
    file(head, dose, '1,1,.,0', '1,4,.,0'),
    'd.csv:3:7: column DV: "0" and all 2 values of the file are beyond a limit of quantification',
    'patient 1 is not fitted: all 2 values are beyond a limit of quantification (lines 3, 4)',
  ],
  [
    'one observation',
    file(head, dose, '1,1,.,5'),
    'd.csv:3:7: column DV: "5" is the only quantified value of the file',
    'patient 1 is not fitted: it has one quantified value (line 3)',
  ],
  [
    'no variance',
    file(head, dose, '1,1,.,5', '1,2,.,5', '1,3,.,5'),
    'd.csv:3:7: column DV: "5" stands in all 3 rows: the values have no variance',
    'patient 1 is not fitted: its 3 quantified values are all 5 (lines 3 to 5): they have no variance',
  ],
  [
    'an ID that comes again',
    file(head, dose, '1,1,.,5', '2,0,100,.', '2,1,.,4', '1,3,.,2'),
    'd.csv:6:1: column ID: "1" appears again after its rows ended in line 3',
    'd.csv:6:1: column ID: "1" appears again after its rows ended in line 3',
  ],
  [
    'a dose after the last observation',
    file(head, dose, '1,1,.,5', '1,2,.,4', '1,4,.,3', '1,9,100,.'),
    'the dose in line 6 is after its last observation (line 5)',
    'the dose in line 6 is after its last observation (line 5)',
  ],
  [
    'values in another unit',
    file('ID,TIME,AMT,DV [ug/L]', dose, '1,1,.,5', '1,2,.,4'),
    'd.csv:3:7: column DV [ug/L]: "5" and all other values are said to be in ug/L, but C is in mg/L',
    'd.csv:3:7: column DV [ug/L]: "5" and all other values are said to be in ug/L, but C is in mg/L',
  ],
  [
    'doses in another unit',
    file('ID,TIME,AMT [g],DV', dose, '1,1,.,5', '1,2,.,4'),
    'd.csv:2:5: column AMT [g]: "100" and all other doses are said to be in g, but A is in mg',
    'd.csv:2:5: column AMT [g]: "100" and all other doses are said to be in g, but A is in mg',
  ],
]

describe('bad data are told by their rows before the fit', () => {
  it.each(faults)('%s: of all subjects together', async (_, data, says) => {
    const { note } = await fit(data, '--pooled')
    expect(note).toContain(says)
  })

  it.each(faults)('%s: of every patient alone', async (_, data, __, says) => {
    const { note } = await fit(data, '--individual')
    expect(note).toContain(says)
  })

  it('no more values than parameters of the course: the residual error would have no least value', async () => {
    const { code, note } = await fit(file(head, dose, '1,1,.,5', '1,2,.,4'), '--individual')
    expect(note).toContain('patient 1 is not fitted: its 2 quantified values are no more than the 2 parameters')
    expect(code).toBe(4)
    const three = await fit(file(head, dose, '1,1,.,5', '1,2,.,4', '1,5,.,3'), '--individual')
    expect(three.note).not.toContain('is not fitted')
  })
})

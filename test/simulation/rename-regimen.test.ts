import { renameRegimen } from '@cartkin/simulation'
import { expect, it } from 'vitest'

const names = new Map([
  ['A', 'toc_A'],
  ['WT', 'weight'],
  ['TEMP', 'toc_TEMP'],
])

it('states, amounts and rules of a regimen become those of the whole', () => {
  const regimen = {
    name: 'r',
    doses: [{ time: 1, cmt: 'A', amt: '8*WT + other', given: { amount: 'min(8*WT, 800)', unit: 'mg' } }],
    rules: [
      {
        name: 'fever',
        when: {
          all: [
            { quantity: 'TEMP', atLeast: 'WT/2' },
            {
              any: [
                { quantity: 'IL6', above: 3 },
                { quantity: 'A', below: 'WT', forTime: 2 },
              ],
            },
            { quantity: 'A', atMost: 5 },
          ],
        },
        give: [{ cmt: 'A', amt: '8*WT' }],
      },
    ],
  } as const
  expect(renameRegimen(regimen, names)).toEqual({
    name: 'r',
    doses: [{ time: 1, cmt: 'toc_A', amt: '8*weight + other', given: { amount: 'min(8*weight, 800)', unit: 'mg' } }],
    rules: [
      {
        name: 'fever',
        when: {
          all: [
            { quantity: 'toc_TEMP', atLeast: 'weight/2' },
            {
              any: [
                { quantity: 'IL6', above: 3 },
                { quantity: 'toc_A', below: 'weight', forTime: 2 },
              ],
            },
            { quantity: 'toc_A', atMost: 5 },
          ],
        },
        give: [{ cmt: 'toc_A', amt: '8*weight' }],
      },
    ],
  })
})

it('a dose into what the part does not have is refused', () => {
  const regimen = { name: 'r', doses: [{ time: 0, cmt: '1', amt: 5 }] }
  expect(() => renameRegimen(regimen, names)).toThrow(
    'regimen r gives a dose into 1, which its part does not have; it has A, WT, TEMP',
  )
})

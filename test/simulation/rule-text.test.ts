import { type DecisionCondition, readRule, type WrittenGift, type WrittenRule } from '@cartkin/simulation'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { modelOf } from './fixtures.ts'

const model = modelOf(`
k = 1     # [1/day]
WT = 70   # [kg] Body weight
limit = 300
d/dt(IL6) = -k*IL6 # [pg/mL] Interleukin 6
d/dt(TC1) = -k*TC1 # [mg] Tocilizumab in blood
d/dt(DEX) = -k*DEX # [mg] Dexamethasone
TEMP = 36.8 + IL6/100 # [degC] Body temperature
CRS = ifelse(TEMP < 38, 0, 1)
`)
const written = (when: string, give: WrittenRule['give'] = '1 mg into TC1'): WrittenRule => ({ name: 'r', when, give })
const whenOf = (text: string) => readRule(model, written(text)).when
const giveOf = (give: WrittenGift) => readRule(model, written('CRS >= 1', give)).give

describe('a condition in words', () => {
  it.each([
    ['TEMP >= 38 for 12 h', { quantity: 'TEMP', atLeast: 38, forTime: 0.5 }],
    ['TEMP at least 38 degC for 0.5', { quantity: 'TEMP', atLeast: 38, forTime: 0.5 }],
    ['IL6>3 ng/mL', { quantity: 'IL6', above: 3000 }],
    ['IL6 below 2*limit + 1', { quantity: 'IL6', below: '2*limit + 1' }],
    ['IL6 <= max(limit, (1 + 2)*k) until 14', { quantity: 'IL6', atMost: 'max(limit, (1 + 2)*k)', until: 14 }],
    ['CRS ≥ 1 from day 1 until 2 week', { quantity: 'CRS', atLeast: 1, from: 1, until: 14 }],
    [
      'IL6 > 1 and CRS > 0 or TEMP at most 36 for 1 h',
      {
        any: [
          {
            all: [
              { quantity: 'IL6', above: 1 },
              { quantity: 'CRS', above: 0 },
            ],
          },
          { quantity: 'TEMP', atMost: 36, forTime: 1 / 24 },
        ],
      },
    ],
    [
      '((IL6 > 1 or CRS > 0)) for 6 h and IL6 < 2e-3',
      {
        all: [
          {
            all: [
              {
                any: [
                  { quantity: 'IL6', above: 1 },
                  { quantity: 'CRS', above: 0 },
                ],
              },
            ],
            forTime: 0.25,
          },
          { quantity: 'IL6', below: 0.002 },
        ],
      },
    ],
  ] satisfies readonly (readonly [string, DecisionCondition])[])('%s', (text, condition) => {
    expect(whenOf(text)).toEqual(condition)
  })

  it.each([
    ['', 'a comparison is missing, such as TEMP >= 38 for 12 h'],
    ['temperature > 38', 'the model has no state or output temperature; did you mean TEMP (Body temperature)?'],
    ['Temp > 38', 'did you mean TEMP'],
    ['quux > 38', 'no state or output quux; it has IL6, TC1, DEX, TEMP, CRS'],
    ['TEMP = 38', 'after TEMP comes >=, >, <= or < (or at least, above, at most, below)'],
    ['TEMP', 'got ""'],
    ['TEMP >', 'a number is missing after TEMP'],
    ['TEMP > 38 for', 'a time is missing after for, such as for 12 h'],
    ['TEMP > 38 for 12 hurz', '"hurz" is no unit of time'],
    ['TEMP > 38 for 1 h for 2 h', 'for stands twice'],
    ['(TEMP > 38', 'a bracket is not closed'],
    ['TEMP > 38)', '")" is left over after the condition'],
    ['TEMP > 38 and', 'a comparison is missing'],
    ['IL6 > 3 mg', 'IL6 is in pg/mL, not in mg'],
    ['CRS > 3 mg', 'CRS is in a unit that the model does not say, not in mg'],
    ['IL6 > limits', 'threshold limits: the model has no parameter limits; did you mean limit?'],
    ['IL6 > 3 +', 'threshold 3 +: '],
    ['('.repeat(30), 'more than 20 brackets lie within one another'],
    [`TEMP > ${'1'.repeat(2000)}`, 'a condition has at most 1000 characters, got 2007'],
  ])('%j is refused', (text, message) => {
    expect(() => whenOf(text)).toThrow(message)
  })

  it('of any text is read or refused', () => {
    const words = [
      'TEMP',
      'IL6',
      '>',
      '>=',
      '<',
      '38',
      'for',
      'from',
      'until',
      '12 h',
      'and',
      'or',
      '(',
      ')',
      'limit',
      '*',
    ]
    const text = fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 4 })), { maxLength: 14 })
    fc.assert(
      fc.property(text, (parts) => {
        try {
          whenOf(parts.join(' '))
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError)
          expect(String(error)).not.toContain('undefined')
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('a dose in words', () => {
  it.each([
    ['tocilizumab 8 mg/kg into TC1', [{ cmt: 'TC1', amt: '8*WT', label: 'Tocilizumab 8 mg/kg' }]],
    [
      'tocilizumab 8 mg/kg up to 800 mg into TC1 over 1 h after 2 h',
      [{ cmt: 'TC1', amt: 'min(8*WT, 800)', duration: 1 / 24, after: 2 / 24, label: 'Tocilizumab 8 mg/kg' }],
    ],
    [
      'dexamethasone 0.01 g every 6 h times 12 into DEX',
      [{ cmt: 'DEX', amt: 10, ii: 0.25, addl: 11, label: 'Dexamethasone 0.01 g' }],
    ],
    ['10 mg into 3', [{ cmt: '3', amt: 10, label: '10 mg' }]],
    [{ cmt: 'TC1', amt: '8*WT', after: '12 h' }, [{ cmt: 'TC1', amt: '8*WT', after: 0.5 }]],
    [{ cmt: 'TC1', amount: '8 mg/kg', atMost: '800 mg' }, [{ cmt: 'TC1', amt: 'min(8*WT, 800)' }]],
  ] satisfies readonly (readonly [WrittenGift, readonly object[]])[])('%j', (text, doses) => {
    expect(giveOf(text)).toEqual(doses)
  })

  it.each([
    ['tocilizumab into TC1', 'an amount is missing, such as tocilizumab 8 mg/kg into TC1'],
    ['tocilizumab 8 mg/kg', 'the state is missing into which it is given'],
    ['tocilizumab 8 mg/kg into TCZ', 'the model has no state TCZ; did you mean TC1?'],
    ['cells 3 cells into TC1', 'is in cells, and state TC1 in mg'],
    ['a 1 mg into TC1 into DEX', '"into" stands twice'],
    ['a 1 mg up 3 into TC1', 'after "up" comes "to"'],
    ['a 1 mg into TC1 times x every 6 h', 'after "times" comes a whole number from 1, got "x"'],
    [{ cmt: 'TC1', amt: '8*weight' }, 'the model has no parameter weight'],
  ] satisfies readonly (readonly [WrittenGift, string])[])('%j is refused', (text, message) => {
    expect(() => giveOf(text)).toThrow(message)
  })

  it('takes the weight of a given patient', () => {
    expect(readRule(model, written('CRS > 0', '8 mg/kg into TC1'), { weight: '50 kg' }).give[0]?.amt).toBe(400)
  })
})

describe('a written rule', () => {
  it('has times in words, and several doses', () => {
    const rule = { ...written('CRS >= 1', ['1 mg into TC1', '2 mg into DEX']), atMost: 3, apart: '8 h', stopAfter: 3 }
    expect(readRule(model, rule)).toMatchObject({ name: 'r', atMost: 3, apart: 1 / 3, stopAfter: 3 })
    expect(readRule(model, rule).give.map(({ cmt }) => cmt)).toEqual(['TC1', 'DEX'])
  })

  it.each([
    [{ ...written('nothing') }, ['when']],
    [{ ...written('CRS > 0', ['1 mg into TC1', '1 mg into TCZ']) }, ['give', 1]],
    [{ ...written('CRS > 0', '1 mg') }, ['give']],
    [{ ...written('CRS > 0'), apart: '8 hurz' }, ['apart']],
    [{ ...written('CRS > 0'), stopAfter: 'later' }, ['stopAfter']],
  ])('says where it is wrong: %#', (rule, path) => {
    expect(() => readRule(model, rule)).toThrow(expect.objectContaining({ name: 'RuleTextError', path }))
  })
})

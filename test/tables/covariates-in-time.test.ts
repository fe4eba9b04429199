import { readEventData } from '@cartkin/tables'
import { describe, expect, it } from 'vitest'

const read = (text: string, options = {}) => readEventData(text, 'd.csv', options)
const subject = (text: string, options = {}) => read(text, options).subjects[0]

describe('covariates that change with time', () => {
  it('have a value for every row that gives one', () => {
    const data = read('ID,TIME,WT,SEX\n1,0,70,1\n1,2,.,1\n1,5,74,.\n2,0,60,0\n2,3,60,0\n')
    expect(data.covariates).toEqual(['WT', 'SEX'])
    expect(data.subjects.map(({ parameters }) => parameters)).toEqual([
      { WT: 70, SEX: 1 },
      { WT: 60, SEX: 0 },
    ])
    expect(data.subjects.map(({ covariates }) => covariates)).toEqual([
      [{ name: 'WT', times: [0, 5], values: [70, 74], interpolation: 'nocb' }],
      undefined,
    ])
    expect(data.notes).toContain(
      'covariates that change with time: WT (in 1 subject); a value holds back to the row before, as in NONMEM',
    )
  })

  it('hold until the next row by the rules of rxode2', () => {
    const data = read('TIME,WT\n0,70\n5,74\n', { rules: 'rxode2' })
    expect(data.subjects[0]?.covariates).toEqual([
      { name: 'WT', times: [0, 5], values: [70, 74], interpolation: 'locf' },
    ])
    expect(data.notes.at(-1)).toContain('a value holds until the next row, as in rxode2')
  })

  it('of texts are codes', () => {
    const levels = new Map([['FORM', ['tablet', 'solution']]])
    expect(subject('TIME,FORM\n0,solution\n5,tablet\n7,powder\n', { levels })?.covariates).toEqual([
      { name: 'FORM', times: [0, 5, 7], values: [2, 1, 3], interpolation: 'nocb' },
    ])
  })

  it('are those of their own row where rows of one time differ', () => {
    const text = 'TIME,EVID,AMT,BIO\n0,1,5,1\n2,0,.,.\n2,1,5,0.5\n2,1,5,0.3\n4,0,.,.\n4,0,.,.\n'
    const own = (rules: string) => subject(text, { rules })?.records.map(({ covariates }) => covariates?.['BIO'])
    expect(own('nonmem')).toEqual([undefined, 0.5, 0.5, 0.3, undefined, undefined])
    expect(own('rxode2')).toEqual([undefined, 1, 0.5, 0.3, undefined, undefined])
  })

  it('a first row without a value is known with its cell', () => {
    const data = read('ID,TIME,WT\n1,0,70\n1,1,71\n2,0,.\n2,1,60\n3,0,\n')
    expect(data.missingAtStart(0, 'WT')).toBeUndefined()
    expect(data.missingAtStart(1, 'WT')?.message).toBe(
      'd.csv, line 4, column 5 (WT): "." is no value of the covariate WT at the first row of subject 2; the course of a subject begins with a value: give it in this row',
    )
    expect(data.missingAtStart(2, 'WT')?.message).toContain('line 6')
    expect(data.missingAtStart(0, 'AGE')).toBeUndefined()
  })
})

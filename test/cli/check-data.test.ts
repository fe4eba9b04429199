import { describe, expect, it } from 'vitest'
import { cartkin, folderWith } from './run-main.ts'

const model = `one <- function() {
  units <- list(time = "day")
  ini({ ka <- 1; ke <- 0.1 })
  model({
    d/dt(depot) <- -ka*depot*WT/70
    d/dt(A) <- ka*depot*WT/70 - ke*A
  })
}`

const run = (files: Readonly<Record<string, string>>, ...words: readonly string[]) => cartkin(folderWith(files), words)

describe('check-data', () => {
  it('tells what was understood', async () => {
    const { code, out, note } = await run(
      { 'd.csv': 'ID;TIME [h];AMT;DV\r\nA;0;1,5;\r\nA;24;;<0,5\r\n' },
      'check-data',
      'd.csv',
    )
    expect({ code, note }).toEqual({ code: 0, note: '' })
    for (const part of [
      'encoded as UTF-8, lines end in CRLF',
      'separated by semicolons, numbers have a decimal comma',
      'times are in h',
      'values beyond a limit of quantification are written as "<0,5" (1)',
      '1 subject, 1 dose, 1 observation (1 censored)',
    ])
      expect(out).toContain(part)
    expect(out).toMatch(/TIME \[h\] +TIME +h/)
  })

  it('tells every fault and doubt, and ends with 3', async () => {
    const { code, note, out } = await run(
      { 'd.csv': 'ID,TIME,EVID,AMT,DV,MDV\n1,0,1,-5,.,1\n1,1,0,.,high,0\n1,2,0,.,.,0\n' },
      'check-data',
      'd.csv',
      '--json',
    )
    expect(code).toBe(3)
    expect(note.split('\n')).toEqual([
      'fault: d.csv, line 2, column 7 (AMT): "-5" is negative; an amount from 0 is needed',
      expect.stringContaining('fault: d.csv, line 3, column 9 (DV): "high" is not a number'),
      'doubt: d.csv, line 4, column 9 (DV): "." is no value, but MDV is 0; give the value, or set MDV to 1',
      '',
    ])
    const told = JSON.parse(out)
    expect(told.ok).toBe(false)
    expect(told.errors[0]).toEqual({
      line: 2,
      column: 7,
      header: 'AMT',
      text: '-5',
      problem: 'is negative',
      expected: 'an amount from 0 is needed',
    })
    expect(told.error.exitCode).toBe(3)
  })

  it('looks at the data with the eyes of a model', async () => {
    const rows = [
      'ID,TIME [h],EVID,AMT,RATE,CMT,WT',
      '1,0,1,5,-1,1,70',
      '1,1,1,5,0,liver,70',
      '1,2,0,.,.,.,70',
      '2,0,1,5,0,depot,60',
      '2,1,2,.,.,-9,60',
    ]
    const { code, note, out } = await run(
      { 'd.csv': `${rows.join('\n')}\n`, 'm.txt': model },
      'check-data',
      'd.csv',
      '--model',
      'm.txt',
    )
    expect(code).toBe(3)
    expect(out).toContain("times in h, divided by 24: the model's unit is day")
    for (const part of [
      'd.csv, line 2, column 9 (RATE): "-1" asks the model for rate(depot)',
      'd.csv, line 3, column 11 (CMT): "liver" is not a state of the model',
      'd.csv, line 6, column 11 (CMT): "-9"',
    ])
      expect(note).toContain(part)
  })

  it.each([
    ['columns by other names', 'day,copies\n0,5\n', ['--column', 'TIME=day', 'DV=copies'], '1 observation'],
    ['missing values', 'TIME,DV\n0,-99\n', ['--missing', '-99'], '0 observations'],
    ['limits', 'TIME,DV\n0,5\n', ['--lloq', '10'], '1 observation (1 censored)'],
    ['limits by endpoint', 'TIME,DVID,DV\n0,CAR,5\n0,CRP,5\n', ['--lloq', 'CAR=10'], '2 observations (1 censored)'],
    ['logarithms', 'TIME,DV\n0,5\n', ['--log-dv'], 'values are natural logarithms'],
    ['decimals', 'TIME;DV\n0;1,234\n', ['--decimal', 'comma'], '1 observation'],
    ['columns to ignore', 'TIME,DV,X\n0,5,=1\n', ['--ignore', 'X'], '1 observation'],
  ])('is told of %s', async (_, text, words, part) => {
    const { code, out, note } = await run({ 'd.csv': text }, 'check-data', 'd.csv', ...words)
    expect({ code, note }).toEqual({ code: 0, note: '' })
    expect(out).toContain(part)
  })

  it('refuses a column that does not exist, and a name that means nothing', async () => {
    const files = { 'd.csv': 'TIME,DV\n0,5\n' }
    expect(await run(files, 'check-data', 'd.csv', '--column', 'DV=CP')).toMatchObject({ code: 3 })
    expect(await run(files, 'check-data', 'd.csv', '--column', 'DOSE=DV')).toMatchObject({ code: 2 })
  })
})

describe('the same options of simulate', () => {
  it('read the file that --events names', async () => {
    const files = { 'm.txt': model, 'd.csv': 'hours;dose;kg\n0;1,5;70\n24;0;70\n' }
    const { code, out } = await run(
      files,
      'simulate',
      'm.txt',
      '--events',
      'd.csv',
      '--data-time-unit',
      'h',
      '--column',
      'TIME=hours',
      'AMT=dose',
      '--param',
      'WT=70',
    )
    expect(code).toBe(0)
    expect(out.split('\n')[1]).toMatch(/^1,0\.5518|^1,/)
    expect(await run(files, 'simulate', 'm.txt', '--missing', '-99', '--param', 'WT=70')).toMatchObject({ code: 2 })
  })

  it('a covariate that is missing at the first record is refused at its cell', async () => {
    const { code, note } = await run(
      { 'm.txt': model, 'd.csv': 'TIME,AMT,WT\n0,5,.\n1,0,70\n2,0,80\n' },
      'simulate',
      'm.txt',
      '--events',
      'd.csv',
    )
    expect(code).toBe(3)
    expect(note).toContain('d.csv:2:5: column WT: "." is no value of the covariate WT at the first row')
  })
})

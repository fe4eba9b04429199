import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cartkin, folderWith } from './run-main.ts'

/** A misspelt parameter (kdeth) and a real input (WT). */
const slip = 'kdeath = 0.5\nV = 2\nd/dt(A) = -kdeth*A*WT/70\nA(0) = 8\nC = A/V\n'
const sexes = 'k = 0.5\nd/dt(A) = -k*A\nA(0) = 8\nif (SEX == "female") { V = 2 } else { V = 4 }\nC = A/V\n'

const column = (csv: string, name: string): readonly number[] => {
  const [header = '', ...body] = csv.trim().split('\n')
  const k = header.split(',').indexOf(name)
  return body.map((row) => Number(row.split(',')[k]))
}

describe('an input without a value', () => {
  it('is refused with all others, each at its place with the nearest name', async () => {
    const folder = folderWith({ 'm.txt': slip })
    const { code, note } = await cartkin(folder, ['simulate', 'm.txt', '--times', '0:1:1'])
    expect(code).toBe(3)
    expect(note).toContain(
      'm.txt:3:12: error: `kdeth` has no value: it is neither assigned in the text nor in ini, so it is an input; give --param kdeth=…. Did you mean `kdeath`?',
    )
    expect(note).toContain('m.txt:3:20: error: `WT` has no value')
  })

  it('is refused for populations, fits and plans too', async () => {
    const folder = folderWith({
      'm.txt': `ini({ eta.V ~ 0.1; s <- 0.1 })\nmodel({\n${slip}C ~ add(s)\n})\n`,
      'd.csv': 'TIME,DV,WT\n1,3,70\n2,2,70\n',
      'p.yaml':
        'name: p\ntitle: P\nsteps:\n  - { kind: simulate, name: s, model: m.txt, times: "0:1:1", parameters: { WT: 70 } }\n',
    })
    const runs = [
      ['simulate', 'm.txt', '--times', '0:1:1', '--population', '2', '--param', 'WT=70'],
      ['fit', 'm.txt', '--data', 'd.csv', '--estimate', 'V', '--out', 'f'],
      ['run', 'p.yaml', '--out', 'f'],
      ['simulate', 'm.txt', '--events', 'd.csv'],
    ]
    for (const words of runs) {
      const { code, note } = await cartkin(folder, words)
      expect([words[0], code]).toEqual([words[0], 3])
      expect(note).toContain('`kdeth` has no value')
      expect(note).toContain('Did you mean `kdeath`?')
      expect(note).not.toContain('`WT` has no value')
    }
  })

  it('is told with its subject where only that one lacks it', async () => {
    const folder = folderWith({
      'm.txt': 'd/dt(A) = -A*WT\nA(0) = 1\n',
      'd.csv': 'ID,TIME,WT\n1,1,2\n2,1,.\n',
    })
    const { code, note } = await cartkin(folder, ['simulate', 'm.txt', '--events', 'd.csv'])
    expect(code).toBe(3)
    expect(note).toContain('d.csv:3:5: column WT: "." is no value of the covariate WT at the first row of subject 2')
    const filled = await cartkin(folder, ['simulate', 'm.txt', '--events', 'd.csv', '--param', 'WT=3'])
    expect(filled.code).toBe(0)
  })

  it('runs when --param or the data give it one', async () => {
    const folder = folderWith({ 'm.txt': slip, 'd.csv': 'ID,TIME,WT\n1,1,70\n2,1,140\n' })
    const one = await cartkin(folder, [
      'simulate',
      'm.txt',
      '--times',
      '0:1:1',
      '--param',
      'kdeth=1',
      'WT=70',
      '--rtol',
      '1e-9',
    ])
    expect(column(one.out, 'A')[1]).toBeCloseTo(8 * Math.exp(-1), 7)
    const two = await cartkin(folder, [
      'simulate',
      'm.txt',
      '--events',
      'd.csv',
      '--param',
      'kdeth=1',
      '--rtol',
      '1e-9',
    ])
    expect(column(two.out, 'A')[0]).toBeCloseTo(8 * Math.exp(-1), 7)
    expect(column(two.out, 'A')[1]).toBeCloseTo(8 * Math.exp(-2), 7)
  })

  it('may be estimated', async () => {
    const folder = folderWith({
      'm.txt': 'y = a*exp(-k*time)\nk = 0.5\n',
      'd.csv': `TIME,DV\n${[0, 1, 2, 3].map((t) => `${t},${3 * Math.exp(-0.5 * t) + 0.001 * (-1) ** t}`).join('\n')}\n`,
    })
    const { code, out } = await cartkin(folder, [
      'fit',
      'm.txt',
      '--data',
      'd.csv',
      '--estimate',
      'a=0.1:10',
      '--start',
      'a=1',
      '--endpoint',
      'y=additive',
      '--out',
      'f',
      '--json',
      '--workers',
      '1',
    ])
    expect(code).toBe(0)
    expect(JSON.parse(out).estimates[0].estimate).toBeCloseTo(3, 2)
  })
})

describe('an input that a population draws', () => {
  it('needs no other value than its median', async () => {
    const folder = folderWith({
      'm.txt': 'd/dt(A) = -0.1*(WT/70)*A\nA(0) = 1\n',
      'p.yaml':
        'name: p\ntitle: P\nsteps:\n  - kind: population\n    name: n\n    model: m.txt\n    times: "0:1:1"\n    subjects: 5\n    quantities: [A]\n    population: { parameters: [{ parameter: WT, median: 70, sd: 0.2 }] }\n',
    })
    const { code, note } = await cartkin(folder, ['run', 'p.yaml', '--out', 'r', '--workers', '1'])
    expect([code, note]).toEqual([0, expect.any(String)])
  })
})

describe('an input of texts', () => {
  it('takes its levels from the data, and tells those that the text never names', async () => {
    const folder = folderWith({
      'm.txt': sexes,
      'd.csv': 'ID,TIME,SEX\n1,0,female\n2,0,male\n3,0,female\n4,0,other\n',
    })
    const { code, out, note } = await cartkin(folder, ['simulate', 'm.txt', '--events', 'd.csv'])
    expect(code).toBe(0)
    expect(column(out, 'C')).toEqual([4, 2, 4, 2])
    expect(note).toContain(
      'SEX has values that the model never names: "male" (1 subject), "other" (1 subject); it names "female"',
    )
  })

  it('takes a level by --param and in plans, and refuses what is none', async () => {
    const folder = folderWith({
      'm.txt': sexes,
      'p.yaml':
        'name: p\ntitle: P\nsteps:\n  - { kind: simulate, name: s, model: m.txt, times: "0:1:1", parameters: { SEX: femal } }\n',
    })
    const given = (text: string) => cartkin(folder, ['simulate', 'm.txt', '--times', '0:1:1', '--param', `SEX=${text}`])
    expect(column((await given('female')).out, 'C')[0]).toBe(4)
    const bad = await given('femal')
    expect(bad.code).toBe(3)
    expect(bad.note).toContain(
      'SEX is compared with texts in the model, of which "femal" is none; did you mean "female"?',
    )
    const plan = await cartkin(folder, ['run', 'p.yaml', '--out', 'r'])
    expect(plan.code).toBe(3)
    expect(plan.note).toContain('step s: SEX is compared with texts')
    const number = await cartkin(folder, ['simulate', 'm.txt', '--times', '0:1:1', '--param', 'k=fast', 'SEX=female'])
    expect([number.code, number.note]).toEqual([2, expect.stringContaining('--param k=fast: expected a number')])
  })
})

describe('a model without d/dt', () => {
  const emax =
    'ini({ e0 <- 2; emax <- 10; ec50 <- 5; eta.e0 ~ 0.04; s <- 0.1 })\nmodel({\nE = e0*exp(eta.e0) + emax*DOSE/(ec50 + DOSE)\nE ~ add(s)\n})\n'

  it('runs on a grid, on data, as a population and in a plan with a figure', async () => {
    const folder = folderWith({
      'm.txt': emax,
      'd.csv': 'ID,TIME,DOSE\n1,0,0\n1,2,0\n2,0,5\n',
      'p.yaml':
        'name: p\ntitle: P\nsteps:\n  - { kind: simulate, name: s, model: m.txt, times: "0:1:1", parameters: { DOSE: 5 } }\n  - { kind: report, sections: [{ title: S, of: s }] }\n',
    })
    const grid = await cartkin(folder, ['simulate', 'm.txt', '--times', '0:1:1', '--param', 'DOSE=5'])
    expect(column(grid.out, 'E')).toEqual([7, 7])
    const data = await cartkin(folder, ['simulate', 'm.txt', '--events', 'd.csv'])
    expect(column(data.out, 'E')).toEqual([2, 2, 7])
    const many = await cartkin(folder, [
      'simulate',
      'm.txt',
      '--times',
      '0:1:1',
      '--param',
      'DOSE=0',
      '--population',
      '50',
      '--workers',
      '1',
    ])
    expect(new Set(column(many.out, 'E')).size).toBe(50)
    expect((await cartkin(folder, ['run', 'p.yaml', '--out', 'r'])).code).toBe(0)
    expect(readFileSync(join(folder, 'r', 'report.html'), 'utf8')).toContain('<svg')
  })

  it('is fitted with a covariate of the data', async () => {
    const doses = [0, 1, 2, 5, 10, 20, 40]
    const data = doses
      .map((dose, k) => `${k + 1},0,${dose},${3 + (12 * dose) / (4 + dose) + 0.001 * (-1) ** k}`)
      .join('\n')
    const folder = folderWith({ 'm.txt': emax, 'd.csv': `ID,TIME,DOSE,DV\n${data}\n` })
    const { code, out } = await cartkin(folder, [
      'fit',
      'm.txt',
      '--data',
      'd.csv',
      '--estimate',
      'e0=0.1:100,emax=0.1:100,ec50=0.1:100',
      '--endpoint',
      'E=additive',
      '--out',
      'f',
      '--json',
      '--workers',
      '1',
    ])
    expect(code).toBe(0)
    const found = JSON.parse(out).estimates.map(({ estimate }: { estimate: number }) => estimate)
    expect(found[0]).toBeCloseTo(3, 1)
    expect(found[1]).toBeCloseTo(12, 1)
    expect(found[2]).toBeCloseTo(4, 1)
  })
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { monolixText, steinPatients } from '../fitting/stein-patients.ts'
import { cartkin, folderWith } from './run-main.ts'

const fit = ['fit', 'stein-2019', '--data', 'patients.csv', '--workers', '1', '--no-profiles'] as const

/** Lines of a CSV result as records; the last column may hold commas, and is not looked at. */
function table(folder: string, name: string): readonly Readonly<Record<string, string>>[] {
  const [header = '', ...lines] = readFileSync(join(folder, name), 'utf8').trim().split('\n')
  const names = header.split(',')
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, k) => [names[k] ?? '', cell])))
}

const patients = steinPatients({ seed: 21, count: 2 })

describe('cartkin fit of every patient alone', () => {
  it('fits the long format of Monolix without being told more than the limit', async () => {
    const folder = folderWith({ 'patients.csv': monolixText(patients) })
    const { code, out, note } = await cartkin(folder, [
      ...fit.filter((word) => word !== '--no-profiles'),
      '--lloq',
      'C=50',
      '--out',
      'out',
    ])
    expect(note).toContain('observations that this fit does not observe are left out: 2 (')
    expect(code).toBe(0)
    const rows = table(join(folder, 'out'), 'individuals.csv')
    expect([...new Set(rows.map(({ id }) => id))]).toEqual(patients.map(({ id }) => id))
    const names = ['foldx', 'Tmax', 'Cmax', 'alpha', 'FB', 'beta', 'C.sd']
    expect(rows.map(({ parameter }) => parameter)).toEqual(patients.flatMap(() => names))
    for (const { id, rows: measured } of patients) {
      const own = rows.filter((row) => row['id'] === id)
      const values = measured.filter(({ kind }) => kind === 1)
      for (const row of own) {
        expect(Number(row['n'])).toBe(values.length)
        expect(Number(row['n_blq'])).toBe(values.filter(({ y }) => y === 0).length)
        expect(row['status']).toBe('converged')
        expect(['yes', 'weak', 'one-sided', 'at-bound', 'no', 'held']).toContain(row['identified'])
      }
    }
    for (const { id } of patients) expect(out).toContain(id)
    const files = readdirSync(join(folder, 'out'))
    for (const name of ['individuals', 'individuals-predictions', 'individuals-profiles'])
      expect(files).toEqual(expect.arrayContaining([`${name}.csv`, `${name}.arrow`]))
    const page = readFileSync(join(folder, 'out', 'report.html'), 'utf8')
    for (const { id } of patients) {
      expect(page).toMatch(new RegExp(`<details class="folded"><summary>${id}: `))
      expect(page).toContain(`Patient ${id}: profile likelihoods.`)
    }
    expect(page).toContain('only a lower bound is known')
    expect(page).toContain('data and the fitted curve of each patient')
    const profiles = table(join(folder, 'out'), 'individuals-profiles.csv')
    expect(new Set(profiles.map(({ id, parameter }) => `${id} ${parameter}`)).size).toBe(6 * patients.length)
  }, 60_000)

  it('says what is wrong with a patient by its lines before the fit, and gives the others the same numbers', async () => {
    const good = monolixText(patients, [1])
    const broken = `${good}A,1,0,1\nA,7,0,1\nB,5,100,1\nC,1,100,1\nC,5,100,1\nC,9,100,1\nD,1,700,2\n`
    const alone = folderWith({ 'patients.csv': good })
    const folder = folderWith({ 'patients.csv': broken })
    const first = await cartkin(alone, [...fit, '--lloq', '50', '--out', 'out'])
    const { code, note } = await cartkin(folder, [...fit, '--lloq', '50', '--out', 'out'])
    const line = good.trim().split('\n').length
    for (const said of [
      `patient A is not fitted: all 2 values are beyond a limit of quantification (lines ${line + 1}, ${line + 2})`,
      `patient B is not fitted: it has one quantified value (line ${line + 3}), which determines no course`,
      `patient C is not fitted: its 3 quantified values are all 100 (lines ${line + 4} to ${line + 6}): they have no variance`,
      'patient D is not fitted: it has no observation',
    ])
      expect(note).toContain(said)
    expect(note.indexOf('patient A')).toBeLessThan(note.indexOf('individuals.csv has'))
    expect([first.code, code]).toEqual([0, 4])
    const text = (where: string) => readFileSync(join(where, 'out', 'individuals.csv'), 'utf8')
    expect(text(folder).startsWith(text(alone))).toBe(true)
    expect(
      text(folder)
        .slice(text(alone).length)
        .split('\n')
        .map((row) => row.split(',').slice(0, 2).join()),
    ).toEqual(['A,not fitted', 'B,not fitted', 'C,not fitted', 'D,not fitted', ''])
  }, 60_000)

  it('tells of a dose after the last observation, and gives none that the starting value contains', async () => {
    const rows = 'ID,time,amt,dv\nD,0,100,.\nD,1,0,200\nD,7,0,20000\nD,14,0,3000\nD,28,0,300\nD,50,0,200\n'
    const folder = folderWith({ 'patients.csv': `${rows}D,90,100,.\n`, 'without.csv': rows.replace('D,0,100,.\n', '') })
    const { note } = await cartkin(folder, [...fit, '--max-iterations', '2', '--out', 'out'])
    expect(note).toContain('the dose in line 8 is after its last observation (line 7), so no prediction depends on it')
    expect(note).toContain('2 doses of the data are left out')
    await cartkin(folder, [
      ...fit.map((word) => (word === 'patients.csv' ? 'without.csv' : word)),
      '--max-iterations',
      '2',
      '--out',
      'other',
    ])
    const text = (where: string) => readFileSync(join(folder, where, 'individuals.csv'), 'utf8')
    expect(text('out')).toBe(text('other'))
  }, 60_000)
})

describe('what is wrong with the whole file is refused before the fit', () => {
  const long = 'ID,time,y,y_ID\nP,1,0,1\nP,7,20000,1\nP,14,3000,1\n'
  it.each([
    [
      'a value below 0',
      long.replace('P,1,0', 'P,1,-3'),
      [],
      'patients.csv:2:5: column y: "-3" has no logarithm',
      '--lloq 50',
    ],
    ['a limit of nothing', long, ['--lloq', 'Q=50', '--lloq', '5'], 'a limit of quantification for Q', 'neither'],
    [
      'ids that come twice',
      'ID,time,y,y_ID\nP,1,100,1\nQ,1,100,1\nP,7,2000,1\n',
      [],
      'patients.csv:4:1: column ID: "P" appears again after its rows ended in line 2',
      'put the rows of a subject together',
    ],
    [
      'values in another unit',
      'ID,time,y [copies/ng],y_ID\nP,1,100,1\nP,7,2000,1\n',
      [],
      'patients.csv:2:5: column y [copies/ng]: "100" and all other values of 1 are said to be in copies/ng, but C is in copies/ug',
      'convert them',
    ],
    [
      'values in another unit by a column',
      'ID,time,y,y_ID,unit\nP,1,1e9,2,cells\nP,1,100,1,cells/uL\nP,7,2000,1,cells/uL\n',
      [],
      'patients.csv:3:5: column y: "100" and all other values of 1 are said to be in cells/uL, but C is in copies/ug',
      'convert them',
    ],
    [
      'nothing that the fit observes',
      'ID,time,y,y_ID\nP,1,100,tumour\nP,7,2000,B\n',
      [],
      'the data do not say which of their observations (tumour, B) are of C',
      '--observe tumour=C',
    ],
    ['an observation of nothing', long, ['--lloq', '50', '--observe', '7=C'], 'nothing in the data is called 7', ''],
  ])('%s', async (_, text, words, says, remedy) => {
    const folder = folderWith({ 'patients.csv': text })
    const { code, note } = await cartkin(folder, [...fit, ...words, '--out', 'out'])
    expect(note).toContain(says)
    expect(note).toContain(remedy)
    expect(code).toBe(3)
    expect(readdirSync(folder)).toEqual(['patients.csv'])
  })
})

describe('the words of the command', () => {
  const data = monolixText(patients.slice(1, 2))

  it('name what was observed, fix parameters and move starts', async () => {
    const named = data.replaceAll(/,1\n/g, ',CAR\n')
    const folder = folderWith({ 'patients.csv': named })
    const { code } = await cartkin(folder, [
      ...fit,
      ...['--observe', 'CAR=C', '--lloq', 'C=50', '--param', 'beta=0.004', '--start', 'C.sd=0.3', '--out', 'out'],
    ])
    expect(code).toBe(0)
    const rows = table(join(folder, 'out'), 'individuals.csv')
    expect(rows.map(({ parameter }) => parameter)).toEqual(['foldx', 'Tmax', 'Cmax', 'alpha', 'FB', 'C.sd'])
    expect(rows.at(-1)?.['estimate']).toMatch(/^0\.\d+$/)
    const limited = await cartkin(folder, [...fit, '--observe', 'CAR=C', '--out', 'more'])
    expect([limited.code, limited.note]).toEqual([expect.anything(), expect.not.stringContaining('censored')])
  }, 60_000)

  it('search from more starts, alike for every patient, and say how many came to the objective', async () => {
    const folder = folderWith({ 'one.csv': data, 'two.csv': monolixText(patients) })
    const search = ['--lloq', 'C=50', '--multi-start', '5', '--no-profiles']
    const run = (file: string, out: string, workers: string, seed = '9') =>
      cartkin(folder, [
        'fit',
        'stein-2019',
        '--data',
        file,
        ...search,
        '--seed',
        seed,
        '--out',
        out,
        '--workers',
        workers,
      ])
    const { code, out } = await run('one.csv', 'one', '1')
    await run('two.csv', 'two', '1')
    await run('two.csv', 'more', '2')
    expect(code).toBe(0)
    const text = (name: string) => readFileSync(join(folder, name, 'individuals.csv'), 'utf8')
    expect(text('more')).toBe(text('two'))
    expect(text('two').endsWith(text('one').slice(text('one').indexOf('\n') + 1))).toBe(true)
    const [row] = table(join(folder, 'one'), 'individuals.csv')
    // those read off the data, and four drawn ones
    expect(Number(row?.['searches'])).toBeGreaterThan(4)
    expect(Number(row?.['searches'])).toBeLessThan(12)
    expect(Number(row?.['reached'])).toBeGreaterThan(0)
    expect(out).toContain(`${row?.['reached']} of ${row?.['searches']}`)
    const [kept] = JSON.parse(readFileSync(join(folder, 'one', 'individuals.json'), 'utf8')).fits
    const objectives = kept.searches.map(({ objective }: { readonly objective: number }) => objective)
    expect(kept.result.objective).toBe(Math.min(...objectives))
    await run('one.csv', 'other', '1', '10')
    const searches = (name: string) => readFileSync(join(folder, name, 'individuals.json'), 'utf8')
    expect(searches('other')).not.toBe(searches('one'))
  }, 60_000)

  it('tie parameters, set scales and priors', async () => {
    const folder = folderWith({ 'patients.csv': data })
    const { code } = await cartkin(folder, [
      ...[...fit, '--lloq', 'C=50', '--out', 'out', '--tie', 'beta=0.05*alpha', '--scale', 'FB=logit'],
      ...['--prior', 'Tmax=12:0.0001'],
    ])
    expect(code).toBe(0)
    const rows = table(join(folder, 'out'), 'individuals.csv')
    const of = (name: string) => rows.find(({ parameter }) => parameter === name)
    expect(Number(of('Tmax')?.['estimate'])).toBeCloseTo(12, 1)
    expect(Number(of('beta')?.['estimate'])).toBe(0.05 * Number(of('alpha')?.['estimate']))
    expect(of('beta')).toMatchObject({ reason: 'tied: 0.05 × alpha', identified: of('alpha')?.['identified'] })
    const plan = JSON.parse(JSON.parse(readFileSync(join(folder, 'out', 'manifest.json'), 'utf8')).options.plan)
    expect(plan.steps[0].problem.estimate).toContainEqual({ name: 'FB', scale: 'logit' })
  }, 60_000)

  it('hold a residual error with what is tied to it, where the data of a patient are few', async () => {
    const few = 'ID,time,y,y_ID\nP,1,100,1\nP,7,20000,1\nP,14,3000,1\nP,28,300,1\nP,60,100,1\n'
    const folder = folderWith({ 'patients.csv': few })
    const { code, note } = await cartkin(folder, [
      ...[
        ...fit,
        '--out',
        'out',
        '--endpoint',
        'C=log+t',
        '--individual',
        '--tie',
        'C.df=8*C.sd',
        '--start',
        'C.sd=0.5',
      ],
    ])
    expect(note).not.toContain('not fitted')
    expect(code).toBe(0)
    const rows = table(join(folder, 'out'), 'individuals.csv')
    expect(rows.find(({ parameter }) => parameter === 'C.sd')).toMatchObject({ identified: 'held', estimate: '0.5' })
    expect(rows.some(({ parameter }) => parameter === 'C.df')).toBe(false)
  }, 60_000)

  it('refuse starts between bounds that are not there', async () => {
    const folder = folderWith({
      'm.txt': 'k = 1\nd/dt(C) = -k*C\nC(0) = 10\n',
      'd.csv': 'ID,TIME,DV\nA,1,4\nA,2,2\nA,3,1\n',
    })
    const words = ['--individual', '--estimate', 'k', '--scale', 'k=linear', '--endpoint', 'C=log', '--out', 'out']
    const refused = await cartkin(folder, [
      'fit',
      'm.txt',
      '--data',
      'd.csv',
      ...words,
      '--multi-start',
      '4',
      '--spread',
      'bounds',
    ])
    expect(refused.note).toContain('starts between bounds: those of k are')
    expect(refused.code).toBe(3)
    const about = await cartkin(folder, ['fit', 'm.txt', '--data', 'd.csv', ...words, '--multi-start', '4'])
    expect(about.out).toMatch(/ of 4/)
  })

  it('are pooled where it is said so, and refuse both', async () => {
    const folder = folderWith({ 'patients.csv': monolixText(patients) })
    const both = await cartkin(folder, [...fit, '--individual', '--pooled'])
    expect(both.note).toContain('--individual and --pooled exclude each other')
    const words = ['--pooled', '--estimate', 'Cmax,alpha', '--endpoint', 'C=log', '--lloq', 'C=50', '--out', 'out']
    const unnamed = await cartkin(folder, [...fit, ...words])
    expect(unnamed.note).toContain('is not observed by this fit (2)')
    const { code, out } = await cartkin(folder, [...fit, ...words, '--observe', '1=C'])
    expect(code).toBe(0)
    expect(out).toContain('C.sd')
    expect(readdirSync(join(folder, 'out'))).toContain('fit.arrow')
  }, 60_000)

  it.each([
    [
      'all values below quantification',
      '1,0\n7,0\n',
      'and all 2 values of the file are beyond a limit of quantification',
    ],
    ['a single value', '1,0\n7,900\n', '"900" is the only quantified value of the file'],
    ['no variance', '1,900\n7,900\n', '"900" stands in all 2 rows: the values have no variance'],
  ])('pool no data of %s', async (_, rows, says) => {
    const folder = folderWith({ 'patients.csv': `time,y\n${rows}` })
    const words = ['--pooled', '--estimate', 'Cmax', '--endpoint', 'C=log', '--lloq', '50', '--out', 'out']
    const { code, note } = await cartkin(folder, [...fit, ...words])
    expect(note).toContain(says)
    expect(code).toBe(3)
  })
})

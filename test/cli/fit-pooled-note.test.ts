import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cartkin, folderWith } from './run-main.ts'

const days = [1, 3, 7, 10, 14, 21, 28, 60, 90, 180, 365]
/** Stein's course: expansion by 3900 to 24000 on day 9.3, then a decline in two phases. */
const course = (day: number) =>
  day <= 9.3
    ? (24000 / 3900) * Math.exp((Math.log(3900) / 9.3) * day)
    : 24000 * (0.9921 * Math.exp(-0.16 * (day - 9.3)) + 0.0079 * Math.exp(-0.0032 * (day - 9.3)))
/** Residuals of both signs, between patients and within. */
const factor = (patient: number, k: number) => Math.exp(0.5 * Math.sin(7 * patient + 3 * k + 1))
const rows = (patient: number) =>
  days.flatMap((day, k) => {
    const value = course(day) * factor(patient, k)
    return [`${patient},${day},${value < 50 ? 0 : value},1`, `${patient},${day},7,2`]
  })
const files = {
  'patients.csv': ['ID,time,y,y_ID', ...[1, 2, 3, 4, 5, 6].flatMap(rows)].join('\n'),
  'few.csv': ['ID,TIME,EVID,DV', '1,1,0,10', '1,7,0,90', '2,1,0,12', '2,14,0,30'].join('\n'),
  'm.txt': 'a = 10\nb = 0.2\nc = 0.5\nd = 1\nx = a*exp(-b*t) + c*exp(-d*t)\n',
}
const plan = `name: p
title: P
steps:
  - kind: fit
    name: fit
    problem:
      model: stein-2019
      data: patients.csv
      reading: { lloq: { "": 50 } }
      estimate: []
`
const json = (folder: string, name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'))
const estimates = (folder: string, name: string): Readonly<Record<string, number>> =>
  Object.fromEntries(
    json(folder, name).fits[0].estimates.map((one: { readonly name: string; readonly estimate: number }) => [
      one.name,
      one.estimate,
    ]),
  )

describe('a pooled fit of a library model with a note', () => {
  it('takes quantity, error, parameters, bounds and starts from it, and says so, by command and by plan alike', async () => {
    const folder = folderWith(files)
    const all = ['--data', 'patients.csv', '--lloq', '50', '--workers', '1']
    const run = await cartkin(folder, ['fit', 'stein-2019', '--pooled', ...all, '--out', 'm3'])
    expect(run.code).toBe(0)
    expect(run.note).toContain('from the note of stein-2019 on its fits: C is observed with an error of its logarithm')
    expect(run.note).toContain('Four standard deviations of the logarithm between patients')
    expect(run.note).toContain('observations that this fit does not observe are left out: 2 (66 rows)')
    expect(run.out).toMatch(/\d+ of 19 starts reached the lowest objective|all 19 starts/)
    const { Tmax, Cmax, beta, 'C.sd': sd } = estimates(folder, 'm3/fit.json')
    expect(Tmax).toBeGreaterThan(7)
    expect(Tmax).toBeLessThan(12)
    expect(Math.abs(Math.log((Cmax ?? 0) / 24000))).toBeLessThan(0.5)
    expect(Math.abs(Math.log((beta ?? 0) / 0.0032))).toBeLessThan(0.7)
    expect(sd).toBeGreaterThan(0.2)
    expect(sd).toBeLessThan(0.6)
    expect(json(folder, 'm3/fit.json').fromNote).toContain('beta 0.000078 to 0.131')
    expect(readFileSync(join(folder, 'm3/report.html'), 'utf8')).toContain('From the note of stein-2019')
    const withPlan = folderWith({ ...files, 'plan.yaml': plan })
    expect((await cartkin(withPlan, ['run', 'plan.yaml', '--out', 'p', '--workers', '1'])).code).toBe(0)
    expect(json(withPlan, 'p/fit.json').fits).toEqual(json(folder, 'm3/fit.json').fits)
  })

  it('leaves to the command what that says', async () => {
    const folder = folderWith(files)
    const words = ['fit', 'stein-2019', '--pooled', '--data', 'patients.csv', '--lloq', '50', '--workers', '1']
    const more = ['--param', 'beta=0.003', '--start', 'Tmax=10', '--multi-start', '2', '--blq', 'M1']
    const run = await cartkin(folder, [...words, ...more, '--out', 'h'])
    expect(run.out).not.toMatch(/^beta/m)
    expect(run.out).toMatch(/2 starts/)
    expect(run.note).toContain('are left out, which biases')
    expect(json(folder, 'h/fit.json').estimated.find(({ name }: { name: string }) => name === 'Tmax').start).toBe(10)
  })
})

describe('a pooled fit with no more values than parameters', () => {
  it('is refused, as that of a patient alone', async () => {
    const folder = folderWith(files)
    const words = ['fit', 'm.txt', '--data', 'few.csv', '--endpoint', 'x=log', '--out', 'o']
    const run = await cartkin(folder, [...words, '--estimate', 'a,b,c,d'])
    expect(run.code).not.toBe(0)
    expect(run.note).toContain('the 4 quantified values are no more than the 4 parameters of the course')
    expect((await cartkin(folder, [...words, '--estimate', 'a,b'])).note).not.toContain('no more than')
  })
})

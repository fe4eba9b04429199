import { libraryModel } from '@cartkin/cart-models'
import { parseModel } from '@cartkin/model'
import { textLevels } from '@cartkin/simulation'
import { individualsJob, limitsByLabel, type ModelSource, parsePlan, readingOptions } from '@cartkin/studies'
import { inModelTime, readEventData } from '@cartkin/tables'
import { describe, expect, it } from 'vitest'
import { monolixText, steinPatients } from '../fitting/stein-patients.ts'

const patients = steinPatients({ seed: 5, count: 4 })
const text = monolixText(patients)
const [header = '', ...lines] = text.trim().split('\n')
const cells = lines.map((line) => line.split(','))
const library = libraryModel('stein-2019')

function source(): ModelSource {
  const parsed = parseModel(library.text)
  if (!parsed.ok) throw new Error('the text does not parse')
  return { id: library.id, text: library.text, model: parsed.model, library }
}

/** What a fit of every patient alone is made of: observations by patient, starts, notes. */
function prepared(data: string, limit?: number) {
  const from = source()
  const reading = limit === undefined ? {} : { lloq: { '': limit } }
  const problem = { model: library.id, data: 'd.csv', reading, parameters: {}, estimate: [] }
  const step = { kind: 'individuals', name: 'fit', problem, profiles: false } as const
  const plan = parsePlan(JSON.stringify({ name: 'p', title: 'p', steps: [step] }), 'plan')
  const read = readEventData(data, 'd.csv', {
    ...readingOptions(limitsByLabel(reading, {}, ['C'])),
    levels: textLevels(from.model),
  })
  const inTime = inModelTime(read, from.model, undefined, 'd.csv').data
  const { job, notes, remarks, subjects } = individualsJob(step, from, inTime, { plan, file: 'plan' })
  return {
    notes: [...read.notes, ...notes].join('\n'),
    unfit: remarks.flatMap(({ kind, subject }) => (kind === 'unfit' ? [subject] : [])),
    plans: job.plans,
    courses: new Map(
      subjects.map(({ id, start, observations }) => [
        id,
        { start, observations: observations.map(({ record: _, ...observation }) => observation) },
      ]),
    ),
  }
}

const file = (head: string, rows: readonly string[]) => `${head}\n${rows.join('\n')}\n`
const rowsOf = (change: (row: readonly string[]) => readonly string[]) => cells.map((row) => change(row).join(','))
const dosed = (own: (id: string) => readonly string[]) =>
  file(
    `${header},AMT`,
    patients.flatMap(({ id }) => [
      ...own(id),
      ...cells.filter(([name]) => name === id).map((row) => [...row, '.'].join(',')),
    ]),
  )

describe('the same courses in the dialects of modellers', () => {
  it.each([
    ['a BOM, CRLF and quoted ids', `\uFEFF${text.replace(/^P(\d+)/gm, '"P$1"').replaceAll('\n', '\r\n')}`],
    ['semicolons and decimal commas', text.replaceAll(',', ';').replaceAll('.', ',')],
    ['other names of the columns', text.replace(header, 'SUBJID,Day,DV,DVID')],
    [
      'hours',
      file(
        'ID,time_h,y,y_ID',
        rowsOf(([id = '', t, ...rest]) => [id, `${Number(t) * 24}`, ...rest]),
      ),
    ],
    ['a header behind #, and comments', `# exported\n${text.replace('ID', '#ID')}`],
    [
      'MDV, EVID and an empty AMT',
      file(
        `${header},MDV,EVID,AMT`,
        rowsOf((row) => [...row, '0', '0', '.']),
      ),
    ],
    [
      'groups and covariates',
      file(
        `${header},GROUP,AGE`,
        rowsOf((row) => [...row, 'CR', row[0]?.slice(1) ?? '']),
      ),
    ],
    ['a dose before the rows of each patient', dosed((id) => [`${id},0,.,.,1e8`])],
    ['lymphodepletion and samples before the infusion', dosed((id) => [`${id},-5,.,.,30`, `${id},-1,0,1,.`])],
  ])('%s', (_, data) => {
    const [plain, other] = [prepared(text, 50), prepared(data, 50)]
    expect(other.courses).toEqual(plain.courses)
    expect(other.plans).toEqual(plain.plans)
    expect(other.unfit).toEqual([])
  })
})

describe('zeros without a limit of quantification', () => {
  const values = cells.flatMap(([, , y, kind]) => (kind === '1' ? [Number(y)] : []))
  const least = Math.min(...values.filter((value) => value > 0))
  const zeros = values.filter((value) => value === 0).length

  it('are censored at the smallest value of a course, and this is said with the line of the first', () => {
    const { courses, notes } = prepared(text)
    const first = lines.findIndex((line) => line.endsWith(',0,1')) + 2
    expect(zeros).toBeGreaterThan(2)
    expect(notes).toContain(`${zeros} zeros of C (first: line ${first}) are taken as below the limit`)
    expect(notes).toContain(`the limit as ${least}, the smallest value of C in a course of the file; say the limit`)
    expect(courses).toEqual(prepared(text, least).courses)
  })

  it('are at the same limit beside patients who cannot be fitted, however small their values', () => {
    const beside = prepared(`${text}X,1,0,1\nX,7,3,1\nX,9,0,1\nY,1,2,1\nY,2,2,1\nZ,2,0,1\n`)
    const alone = prepared(text)
    expect(beside.unfit).toEqual(['X', 'Y', 'Z'])
    for (const { id } of patients) expect(beside.courses.get(id)).toEqual(alone.courses.get(id))
    expect(beside.plans).toEqual(alone.plans)
  })

  it('of which nothing is positive have no limit', () => {
    expect(() => prepared('ID,time,y\nX,1,0\nX,7,0\n')).toThrow('d.csv, line 2, column 5 (y): "0" has no logarithm')
  })

  it('are left alone where the row says the limit', () => {
    const { notes, courses } = prepared('ID,time,y,LLOQ\nX,1,0,5\nX,7,900,5\nX,9,400,5\n')
    expect(notes).not.toContain('zero of C')
    expect(courses.get('X')?.observations[0]).toEqual({ endpoint: 0, time: 1, value: 5, censored: 'left' })
  })
})

describe('what was measured before the infusion, or twice', () => {
  it('is left out where the model begins with the infusion, and told by its line', () => {
    const other = prepared(text.replace('\n', '\nP01,-7,0,1\nP01,-1,60,1\n'), 50)
    expect(other.notes).toContain('2 values measured before time 0 (first: line 2) are left out')
    expect(other.courses).toEqual(prepared(text, 50).courses)
    expect(other.courses.get('P01')?.start).toBe(0)
  })

  it('counts twice, is told by its line, and its patient is fitted', () => {
    const at = lines.findIndex((line) => line.endsWith(',1') && !line.endsWith(',0,1'))
    const [id = '', time = ''] = cells[at] ?? []
    const count = (data: string) => prepared(data, 50).courses.get(id)?.observations.length
    const twice = file(header, lines.toSpliced(at, 0, lines[at] ?? ''))
    expect(prepared(twice, 50).notes).toContain(`and the whole row repeat line ${at + 2}, within subject ${id}`)
    expect(count(twice)).toBe((count(text) ?? 0) + 1)
    const other = file(header, lines.toSpliced(at + 1, 0, `${id},${time},999,1`))
    expect(prepared(other, 50).notes).toContain(
      `1 value measured at the time of another of the same subject (first: line ${at + 3})`,
    )
    expect(prepared(other, 50).plans?.has(id)).toBe(true)
  })
})

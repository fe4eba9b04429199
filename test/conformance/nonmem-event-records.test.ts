import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type EventRecord, parameterVector, recordTable, simulateSubject } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'
import { compiled } from '../simulation/fixtures.ts'

const { CARTKIN_SUITES: suites = join(import.meta.dirname, '../../../shared/suites') } = process.env
const folder = join(suites, 'nonmem-event-records')
const inputFile = join(folder, 'input.csv')

type Row = (name: string) => string

/** Rows of a file without quotes by the names of its columns. */
function rowsOf(file: string): readonly Row[] {
  const [header = '', ...lines] = readFileSync(join(folder, file), 'utf8').trim().split(/\r?\n/)
  const names = header.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    return (name: string) => cells[names.indexOf(name)] ?? ''
  })
}

/** ADVAN2 TRANS2 with lag and bioavailability of the central compartment; MODE 1 models the rate, MODE 2 the duration. */
const advan2 = compiled(`
CL = 1.1    # [L/h]
V = 20      # [L]
KA = 1.5    # [1/h]
LAGT = 0    # [h]
BIOAV = 1
RAT2 = 10   # [mg/h]
DUR2 = 2    # [h]
d/dt(A1) = -KA*A1
d/dt(A2) = KA*A1 - CL/V*A2
alag(A2) = LAGT
f(A2) = BIOAV
rate(A2) = RAT2
dur(A2) = DUR2
CP = A2/(V/1000)
`)

function recordOf(row: Row): EventRecord {
  const number = (name: string) => Number(row(name))
  const evid = number('evid')
  if (evid === 0) return { time: number('time'), evid: 0 }
  if (evid === 3) return { time: number('time'), evid: 3 }
  if (evid !== 1 && evid !== 4) throw new Error(`EVID ${row('evid')} is in none of the scenarios known`)
  const ss = number('ss')
  if (ss !== 0 && ss !== 1 && ss !== 2) throw new Error(`SS ${row('ss')} is in none of the scenarios known`)
  const [amt = 0, rate = 0, ii = 0, addl = 0] = ['amt', 'rate', 'ii', 'addl'].map(number)
  return { time: number('time'), evid, cmt: row('cmt'), amt, rate, ii, addl, ss }
}

const covariates = ['LAGT', 'BIOAV', 'RAT2', 'DUR2'] as const

if (!existsSync(inputFile)) {
  describe('NONMEM 7.4 concentrations of dosing scenarios', () => {
    it.skip(`skipped: ${inputFile} is not there; set CARTKIN_SUITES`, () => {})
  })
} else {
  const input = rowsOf('input.csv')
  const printed = rowsOf('nonmem.csv')
  const numbered = input.map((row, k) => ({ row, CP: Number(printed[k]?.('CP')) }))
  const scenarios = [...Map.groupBy(numbered, ({ row }) => row('ID'))]

  describe('NONMEM 7.4 concentrations of dosing scenarios', () => {
    it('has every row of both files', () => {
      expect(printed.length).toBe(input.length)
      expect(scenarios.length).toBeGreaterThan(0)
      numbered.forEach(({ row }, k) => {
        expect(printed[k]?.('ID')).toBe(row('ID'))
      })
    })

    it.each(scenarios)('scenario %s', (_, rows) => {
      // the values of each record, as PK parameters are those of the record
      const changing = covariates.flatMap((name) => {
        const values = rows.map(({ row }) => Number(row(name)))
        return values.every((value) => value === values[0])
          ? []
          : [{ name, times: rows.map(({ row }) => Number(row('time'))), values, interpolation: 'nocb' as const }]
      })
      const records = rows.map(
        ({ row }): EventRecord => ({
          ...recordOf(row),
          ...(changing.length > 0 && {
            covariates: Object.fromEntries(changing.map(({ name }) => [name, Number(row(name))])),
          }),
        }),
      )
      const first = rows[0]?.row ?? (() => '')
      const run = simulateSubject({
        model: advan2,
        parameters: parameterVector(
          advan2.model,
          Object.fromEntries(covariates.map((name) => [name, Number(first(name))])),
        ),
        covariates: changing,
        records,
        start: 0,
        end: records.at(-1)?.time ?? 0,
        options: { rtol: 1e-9, atol: 1e-9 },
      })
      expect(run.outcome.status).toBe('finished')
      const observed = rows.filter(({ row }) => row('evid') === '0')
      const concentrations = recordTable(advan2.model, run, records).columns.find(({ name }) => name === 'CP')
      if (concentrations?.kind !== 'number') throw new Error('no concentrations')
      observed.forEach(({ row, CP }, k) => {
        const difference = Math.abs(concentrations.values[k]! - CP)
        expect(difference, `${concentrations.values[k]} at ${row('time')}, NONMEM ${CP}`).toBeLessThanOrEqual(
          2e-4 * Math.abs(CP),
        )
      })
    })
  })
}

import { checkEventData, readEventData } from '@cartkin/tables'
import { describe, expect, it } from 'vitest'

/** `ID,time,y,y_ID` as exported for Monolix: the rows of a patient one kind of observation after the other. */
const stacked = `ID,time,y,y_ID
P-01,1,0,1
P-01,7,25000,1
P-01,28,900,1
P-01,0,1e9,2
P-01,28,0,2
P 2,2,120,1
P 2,9,41000,1
`

describe('the long format of Monolix', () => {
  it('is understood without being told: y as value, y_ID as what was measured, ids as texts', () => {
    const data = readEventData(stacked, 'd.csv')
    expect(data.subjects.map(({ id }) => id)).toEqual(['P-01', 'P 2'])
    expect(data.subjects[1]?.records).toEqual([
      { time: 2, evid: 0, dv: 120, endpoint: '1' },
      { time: 9, evid: 0, dv: 41000, endpoint: '1' },
    ])
    expect(data.covariates).toEqual([])
    expect(data.notes).toContain('there is no column DV: the measured values are those of y')
  })

  it('is put in the order of time where endpoints stand one after the other, those of one time in file order', () => {
    const data = readEventData(stacked, 'd.csv')
    expect(data.subjects[0]?.records.map(({ time, endpoint }) => [time, endpoint])).toEqual([
      [0, '2'],
      [1, '1'],
      [7, '1'],
      [28, '1'],
      [28, '2'],
    ])
    expect(data.notes.join('\n')).toContain(
      'the rows of 1 subject stand one value of y_ID after the other; they were put in the order of time',
    )
    // The place of a record is still that of its line.
    expect(data.refusal(0, 0, 'DV', 'is odd', 'mend it').message).toContain('d.csv, line 5, column 8 (y)')
  })

  it('is refused where the times of one endpoint go back', () => {
    const { errors } = checkEventData('ID,time,y,y_ID\n1,5,10,1\n1,2,10,1\n1,0,10,2\n', 'd.csv')
    expect(errors[0]?.message).toContain('d.csv, line 3, column 3 (time): "2" is before 5')
  })

  it('is put in the order of time beside doses, MDV and columns without an amount', () => {
    const of = (text: string) =>
      readEventData(text, 'd.csv').subjects[0]?.records.map(({ time, evid, endpoint }) => [time, evid, endpoint])
    const wanted = [
      [0, 0, '2'],
      [5, 0, '1'],
    ]
    expect(of('ID,time,amt,y,y_ID\n1,5,.,10,1\n1,0,.,10,2\n')).toEqual(wanted)
    expect(of('ID,time,y,y_ID,EVID,MDV\n1,5,10,1,0,0\n1,0,10,2,0,0\n')).toEqual(wanted)
    const dosed = 'ID,time,amt,y,y_ID\n1,0,1e8,.,.\n1,0,.,5,1\n1,5,.,10,1\n1,0,.,10,2\n1,3,.,10,2\n'
    expect(of(dosed)?.map(([time, evid]) => [time, evid])).toEqual([
      [0, 1],
      [0, 0],
      [0, 0],
      [3, 0],
      [5, 0],
    ])
  })

  it('is left in its order where events other than doses, dates or doses out of order have a place in it', () => {
    for (const text of [
      'ID,time,y,y_ID,EVID\n1,5,10,1,0\n1,9,.,1,2\n1,0,10,2,0\n',
      'ID,time,amt,y,y_ID\n1,5,100,.,.\n1,0,100,.,.\n1,0,.,10,2\n',
    ])
      expect(checkEventData(text, 'd.csv').errors[0]?.message).toContain('"0" is before')
  })

  it('censors a zero at the limit of its endpoint, and only of that', () => {
    const data = readEventData(stacked, 'd.csv', { lloq: new Map([['1', 50]]) })
    const zeros = data.subjects[0]?.records.filter(({ dv, cens }) => dv === 0 || cens !== undefined)
    expect(zeros).toEqual([
      { time: 1, evid: 0, dv: 50, cens: 1, endpoint: '1' },
      { time: 28, evid: 0, dv: 0, endpoint: '2' },
    ])
  })

  it('knows YTYPE and DVID as well, and keeps y as a covariate beside DV', () => {
    for (const header of ['YTYPE', 'DVID', 'y_id'])
      expect(readEventData(`ID,TIME,DV,${header}\n1,0,5,2\n`, 'd.csv').subjects[0]?.records[0]?.endpoint).toBe('2')
    expect(readEventData('ID,TIME,DV,Y\n1,0,5,2\n', 'd.csv').covariates).toEqual(['Y'])
  })

  it('knows who and when by other names where there is no ID or TIME, and says so', () => {
    const data = readEventData('SUBJID,Day,y,y_ID\nA,0,5,1\nA,7,9,1\nB,3,5,1\n', 'd.csv')
    expect(data.subjects.map(({ id }) => id)).toEqual(['A', 'B'])
    expect(data.timeUnit).toBe('day')
    expect(data.notes.join('\n')).toContain('there is no column ID: subjects are told apart by SUBJID')
    expect(data.notes.join('\n')).toContain('there is no column TIME: the times are those of Day')
    expect(readEventData('patient,time_h,y\nA,24,5\n', 'd.csv').timeUnit).toBe('h')
    expect(readEventData('ID,TIME,DAY,SUBJECT,DV\n1,0,3,8,5\n', 'd.csv').covariates).toEqual(['DAY', 'SUBJECT'])
  })

  it('has its header behind a # where ids are texts, too', () => {
    expect(readEventData('#ID,time,y\nA,0,5\nA,7,9\n', 'd.csv').subjects[0]?.id).toBe('A')
  })

  it('reads the unit of y', () => {
    const data = readEventData('ID,time [day],y [copies/ug],y_ID\n1,0,5,1\n', 'd.csv')
    expect(data.columns.map(({ meaning, unit }) => [meaning, unit])).toEqual([
      ['ID', ''],
      ['TIME', 'day'],
      ['DV', 'copies/ug'],
      ['ENDPOINT', ''],
    ])
  })

  it('names the rows of a patient whose rows another patient divides', () => {
    const { errors } = checkEventData('ID,time,y,y_ID\nA,0,5,1\nB,0,5,1\nA,1,5,1\n', 'd.csv')
    expect(errors[0]?.message).toContain(
      'd.csv, line 4, column 1 (ID): "A" appears again after its rows ended in line 2',
    )
  })
})

import type { EventDataOptions } from '@cartkin/tables'

/** A file with one fault, and what must be said of it. */
export interface EventFault {
  readonly name: string
  readonly file: string | Uint8Array
  /** Where; null for a fault of the whole file. */
  readonly at: readonly [line: number, column: number] | null
  /** Parts of the message. */
  readonly says: readonly string[]
  readonly options?: EventDataOptions
}

const bytes = (...parts: readonly (string | number)[]) =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...new TextEncoder().encode(part)])))

const fault = (
  name: string,
  file: string | Uint8Array,
  at: EventFault['at'],
  says: string | readonly string[],
  options?: EventDataOptions,
): EventFault => ({
  name,
  file,
  at,
  says: typeof says === 'string' ? [says] : says,
  ...(options === undefined ? {} : { options }),
})

/** Distinct faults of event files, each with its place and words. */
export const eventFaults: readonly EventFault[] = [
  // bytes
  fault('UTF-32', bytes(0xff, 0xfe, 0, 0, 65, 0, 0, 0), null, 'is encoded as UTF-32'),
  fault(
    'half a UTF-16 character',
    bytes(0xff, 0xfe, 65, 0, 66),
    null,
    'begins as UTF-16LE, but holds bytes that are not',
  ),
  fault('UTF-16 without a mark', bytes('T', 0, 'I', 0, ',', 0, 'D', 0), [1, 2], 'NUL'),
  fault('a byte of no encoding', bytes('TIME,DV,X\n0,5,', 0x81, '\n'), [2, 5], 'byte 0x81 is a character neither'),
  fault('a control character', 'TIME,DV\n0,5\u0007\n', [2, 4], 'control character (code 7)'),
  // cells
  fault('nothing', '', null, 'is empty'),
  fault('a header alone', 'TIME,DV\n', [2, 1], 'there is a header but no row'),
  fault('comments alone', '# a\nTIME,DV\n# b\n', [2, 1], 'there is a header but no row'),
  fault('one column', 'TIME\n0\n', [1, 1], 'only one column'),
  fault('two delimiters', 'TIME;A,B\n0;1,2\n', [1, 1], 'could be separated by "," or by ";"'),
  fault('a row too short', 'TIME,DV\n0,5\n1\n', [3, 1], 'the row has 1 cell, the header 2'),
  fault('a row too long', 'TIME,DV\n0,5,6\n', [2, 5], '"6" is one cell too many'),
  fault('a blank line', 'TIME,DV\n0,5\n\n1,6\n', [3, 1], 'the line is blank'),
  fault('a quote that never closes', 'TIME,DV\n0,"5\n', [2, 3], 'a quote opens and is never closed'),
  fault('text behind a quote', 'TIME,DV\n0,"5"6\n', [2, 6], 'text behind the closing quote'),
  fault(
    'a formula around a number',
    'ID,TIME,DV\n="1",0,5\n',
    [2, 2],
    ['a quote inside a cell', 'write 1 in place of ="1"'],
  ),
  fault('a workbook', bytes('PK', 3, 4, 20, 0, 6, 0), null, 'is an Excel workbook'),
  fault('a compressed file', bytes(0x1f, 0x8b, 8, 0), null, 'is a compressed file'),
  fault(
    'a line about the delimiter',
    'sep=;\nTIME;DV\n0;5\n',
    [1, 1],
    ['"sep=;" is a line for a spreadsheet', 'remove'],
  ),
  fault('a delimiter at the end of a row', 'TIME,DV\n0,5,\n', [2, 5], 'take away the delimiter at the end of the row'),
  fault('a TAB in an ID', 'ID,TIME,DV\n1,0,5\n1\t1,1,5\n', [3, 1], 'holds a TAB or a line break'),
  fault('an exponent of Fortran', 'TIME,DV\n0,2.5D+01\n', [2, 3], 'exponents are written with e: 2.5e+01'),
  fault('a number too small', 'TIME,DV\n0,1e-400\n', [2, 3], 'numbers lie between 5e-324 and 1.8e308'),
  fault('thousands that look like decimals', 'TIME,AMT\n0,"1,000"\n', [2, 3], 'if it means 1000, write that'),
  fault('a quote inside', 'TIME,DV\n0,5"\n', [2, 4], 'a quote inside a cell'),
  // names
  fault('no TIME', 'ID,TIEM,DV\n1,0,5\n', [1, 1], ['there is no column TIME', 'is it "TIEM"?']),
  fault('a column without name', 'TIME,,DV\n0,1,5\n', [1, 6], 'table column 2 has no name'),
  fault('a name twice', 'TIME,DV,DV\n0,5,6\n', [1, 9], '"DV" names table columns 2 and 3'),
  fault('two times', 'TIME,TIME [h],DV\n0,0,5\n', [1, 6], '"TIME [h]" and "TIME" both stand for TIME'),
  fault('two columns of values', 'TIME,LIDV,CONC\n0,5,6\n', [1, 11], 'both stand for DV'),
  fault('an unknown name given', 'day,DV\n0,5\n', [1, 1], ['no column Day', 'is it "day"?'], {
    columns: { TIME: 'Day' },
  }),
  fault('a row of units', 'TIME,DV,AMT\nh,ng/mL,mg\n0,5,0\n', [2, 1], '"h" and the rest of the row look like units'),
  // numbers
  fault('text among numbers', 'TIME,DV\n0,high\n', [2, 3], '(DV): "high" is not a number'),
  fault('thousands with a comma', 'TIME,DV\n0,"1,000.5"\n', [2, 3], 'no separators of thousands'),
  fault('thousands with a space', 'TIME,AMT\n0,1 000\n', [2, 3], 'no separators of thousands'),
  fault('thousands with an apostrophe', "TIME,AMT\n0,1'000\n", [2, 3], 'no separators of thousands'),
  fault(
    'thousands or decimals',
    'TIME;DV\n0;1,234\n1;2,345\n',
    [2, 3],
    'may be a decimal number or one with a separator',
  ),
  fault('decimal comma and point', 'TIME;DV\n0,5;1.5\n', [2, 1], 'has a decimal comma, but "1.5" in line 2 (DV)'),
  fault('a decimal comma between commas', 'TIME,DV\n0,"1,5"\n', [2, 3], 'decimal separator of this file is "."'),
  fault('a hexadecimal number', 'TIME,AMT\n0,0x10\n', [2, 3], '"0x10" is not a number'),
  fault('a number beyond doubles', 'TIME,DV\n0,1e999\n', [2, 3], '"1e999" is not a number'),
  fault('a formula', 'TIME,DV\n0,=A1+1\n', [2, 3], '"=A1+1" is a formula; give its value'),
  fault('a failed formula', 'TIME,DV\n0,#DIV/0!\n', [2, 3], 'is a formula that failed'),
  // subjects and times
  fault('a row without ID', 'ID,TIME,DV\n1,0,5\n.,1,6\n', [3, 1], '(ID): "." is no ID'),
  fault(
    'a subject in two parts',
    'ID,TIME\nA,0\nB,0\nA,1\n',
    [4, 1],
    '"A" appears again after its rows ended in line 2',
  ),
  fault('a missing time', 'TIME,DV\n0,5\nNA,6\n', [3, 1], '"NA" is no time'),
  fault(
    'time that runs backwards',
    'TIME,DV\n5,1\n4,2\n',
    [3, 1],
    '"4" is before 5, the time of the row above (line 2)',
  ),
  fault(
    'dates out of order',
    'DAT1,TIME,DV\n2/1/2024,8:00,1\n1/1/2024,9:00,2\n',
    [3, 1],
    '"1/1/2024" is before 2/1/2024 8:00, the date of the row above (line 2)',
  ),
  fault('a clock time among numbers', 'TIME,DV\n0,1\n8:30,2\n', [3, 1], 'is a clock time, unlike the rows above'),
  fault('minute 75', 'TIME,DV\n8:00,1\n8:75,2\n', [3, 1], '"8:75" is not a time'),
  fault('hour 25 of a day', 'DATE,TIME,DV\n1/31/2024,25:00,1\n', [2, 11], '"25:00" is no time of a day'),
  fault('month 31', 'DATE,TIME,DV\n31/1/2024,8:00,1\n', [2, 1], ['"31/1/2024" is no date', 'DAT1 day/month/year']),
  fault('February 30', 'DAT2,TIME,DV\n2024-02-30,8:00,1\n', [2, 1], '"2024-02-30" is no date'),
  fault(
    'a year of two digits after one of four',
    'DATE,TIME,DV\n1/31/2024,8:00,1\n2/1/24,8:00,1\n',
    [3, 1],
    'a year of four digits',
  ),
  fault(
    'a year of four digits after one of two',
    'DATE,TIME,DV\n1/31/24,8:00,1\n2/1/2024,8:00,1\n',
    [3, 1],
    'a year of two digits as in the rows above',
  ),
  fault(
    'years of two digits a century apart',
    'DATE,TIME,DV\n12/31/50,23:00,1\n1/1/51,8:00,1\n',
    [2, 1],
    ['is in 2050', '1/1/51 in line 3 in 1951', 'give years of four digits'],
  ),
  fault(
    'dates beside numbers that may be hours of the day',
    'DATE,TIME,DV\n1/1/2024,8,1\n1/2/2024,9.5,1\n',
    [3, 1],
    ['another date than in the row above', '8:30', '--ignore DATE'],
  ),
  fault(
    'times that go back behind a reset',
    'TIME,EVID,AMT,DV\n5,1,1,.\n6,3,.,.\n5.5,0,.,1\n',
    [4, 1],
    ['is before 6', 'only at a reset'],
  ),
  fault(
    'an offset from UTC once',
    'TIME,DV\n2024-01-31T08:00Z,1\n2024-01-31T09:00,2\n',
    [3, 1],
    'does not say its offset',
  ),
  fault('clock times in days', 'TIME [day],DV\n8:00,1\n', [1, 1], 'says day, but holds clock times'),
  // units
  fault(
    'two units of time',
    'TIME,TIMEUNIT,DV\n0,h,1\n1,day,2\n',
    [3, 3],
    '"day" is a second unit for TIME: line 2 says "h"',
  ),
  fault('a header against its units', 'TIME [h],TIMEUNIT,DV\n0,days,1\n', [2, 3], 'the header of TIME says "h"'),
  fault(
    'two units of one endpoint',
    'TIME,DVID,DV,DVUNIT\n0,CAR,1,ng/mL\n0,CRP,2,mg/L\n1,CAR,3,ug/mL\n',
    [4, 9],
    '"ug/mL" is a second unit for CAR: line 2 says "ng/mL"',
  ),
  fault(
    'two units in a column of units by a plain name',
    'TIME,AMT,DV,UNIT\n0,100,,mg\n1,,5,ng/mL\n2,,4,ug/mL\n',
    [4, 6],
    '"ug/mL" is a second unit for DV: line 3 says "ng/mL"',
  ),
  fault(
    'clock times out of order within a day',
    'DATE,TIME,DV\n2024-03-02,08:00,1\n2024-03-02,07:00,2\n',
    [3, 12],
    '"07:00" is before 08:00, the time of the row above (line 2)',
  ),
  // doses
  fault('an unknown EVID', 'TIME,EVID\n0,9\n', [2, 3], '"9" is no EVID'),
  fault(
    'an infusion by an old event number',
    'TIME,EVID,AMT\n0,10101,5\n',
    [2, 3],
    'is an infusion, which is not read',
  ),
  fault(
    'old and new event numbers',
    'TIME,EVID,AMT\n0,101,5\n1,1,5\n',
    [3, 3],
    'stands among event numbers of the first RxODE',
  ),
  fault(
    'an old event number for another state',
    'TIME,EVID,AMT,CMT\n0,201,5,1\n',
    [2, 9],
    'is another compartment than that of EVID 201',
  ),
  fault('a dose without amount', 'TIME,EVID,AMT\n0,1,.\n', [2, 5], '"." is no amount'),
  fault('a negative dose', 'TIME,EVID,AMT\n0,1,-5\n', [2, 5], '"-5" is negative'),
  fault('an amount in an observation', 'TIME,EVID,AMT\n0,0,5\n', [2, 5], 'the row is an observation'),
  fault('an amount in a reset', 'TIME,EVID,AMT\n0,3,5\n', [2, 5], 'the row is no dose (EVID 3)'),
  fault('RATE -3', 'TIME,AMT,RATE\n0,5,-3\n', [2, 5], '"-3" is no rate'),
  fault('RATE beside DUR', 'TIME,AMT,RATE,DUR\n0,5,1,2\n', [2, 7], 'stands beside a RATE'),
  fault('ADDL without II', 'TIME,AMT,ADDL,II\n0,5,3,0\n', [2, 7], 'is no interval for 3 additional doses'),
  fault(
    'ADDL without a column II',
    'TIME,AMT,ADDL\n0,5,3\n',
    [2, 1],
    'II (the file has no such column) is no interval',
  ),
  fault('half an additional dose', 'TIME,AMT,ADDL,II\n0,5,0.5,1\n', [2, 5], 'is no count of doses'),
  fault('SS without II', 'TIME,AMT,SS,II\n0,5,1,.\n', [2, 7], 'is no interval for a steady state (SS 1)'),
  fault('SS 4', 'TIME,AMT,SS,II\n0,5,4,1\n', [2, 5], '"4" is no SS'),
  fault('a rate in an observation', 'TIME,EVID,RATE\n0,0,5\n', [2, 5], 'stands in a row that gives nothing (EVID 0)'),
  fault('half a compartment', 'TIME,AMT,CMT\n0,5,1.5\n', [2, 5], '"1.5" is no compartment'),
  fault('a dose that turns off', 'TIME,AMT,CMT\n0,5,-1\n', [2, 5], 'turns a compartment off, but EVID is 1'),
  // measured values
  fault('a value in a dose row', 'TIME,AMT,DV\n0,5,3\n', [2, 5], 'is a measured value, but the row is no observation'),
  fault('MDV 2', 'TIME,DV,MDV\n0,5,2\n', [2, 5], '"2" is no MDV'),
  fault('CENS 2', 'TIME,DV,CENS\n0,5,2\n', [2, 5], '"2" is no CENS'),
  fault('LIMIT on the wrong side', 'TIME,DV,CENS,LIMIT\n0,5,1,6\n', [2, 7], 'does not lie beyond DV = 5'),
  fault('BLQ without a limit', 'TIME,DV\n0,BLQ\n', [2, 3], '"BLQ" does not say its limit'),
  fault('a limit that is no number', 'TIME,DV\n0,<low\n', [2, 3], '"<low" holds no number'),
  fault('CENS without a value', 'TIME,DV,CENS\n0,.,1\n', [2, 3], '"." is no value, but CENS is 1'),
  fault('LLOQ above ULOQ', 'TIME,DV,LLOQ,ULOQ\n0,5,3,2\n', [2, 5], '"3" is above ULOQ 2'),
  fault('a limit against CENS', 'TIME,DV,CENS\n0,<5,0\n', [2, 6], 'contradicts DV = <5'),
  fault('two limits', 'TIME,DV,LLOQ\n0,<5,2\n', [2, 6], 'is another limit than DV = <5'),
  fault('a value below LLOQ with CENS 0', 'TIME,DV,CENS,LLOQ\n0,1,0,2\n', [2, 5], 'lies below LLOQ 2'),
  fault('a limit among logarithms', 'TIME,LNDV\n0,<5\n', [2, 3], 'is a limit among logarithms'),
  fault('a logarithm of no number', 'TIME,LNDV\n0,1000\n', [2, 3], 'is no logarithm of a number'),
  fault(
    'a value twice',
    'ID,TIME,DV\n1,0,5\n1,0,5\n',
    [3, 5],
    '"5" and the whole row repeat line 2, within subject 1',
    { strict: true },
  ),
  // columns of marks and covariates
  fault('marks and numbers', 'C,TIME,DV\nC,0,5\n7,1,6\n', [3, 1], '"7" is a number among marks'),
  fault('a mark in every row', 'C,TIME,DV\nC,0,5\n', null, 'every row has a mark in C'),
  fault('a covariate of numbers and text', 'TIME,WT\n0,70\n1,heavy\n', [3, 3], '(WT): "heavy" is not a number'),
]

import type { ColumnTable } from '@cartkin/simulation'
import { tableToArrow, tableToCsv } from '@cartkin/tables'
import type { ResultFile } from './step-result.ts'

/** A table as the files of a step: `NAME.arrow` for programs, `NAME.csv` for people. */
export function tableFiles(name: string, table: ColumnTable): readonly ResultFile[] {
  return [
    { name: `${name}.arrow`, bytes: tableToArrow(table) },
    { name: `${name}.csv`, bytes: new TextEncoder().encode(tableToCsv(table)) },
  ]
}

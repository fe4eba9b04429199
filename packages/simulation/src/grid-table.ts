import type { Model } from '@cartkin/model'
import type { ColumnTable } from './column-table.ts'
import type { SubjectRun } from './simulate-subject.ts'

/** Columns `time`, states, outputs of one run at the given times (those the run reached; NaN beyond). */
export declare function gridTable(model: Model, run: SubjectRun, times: Float64Array): ColumnTable

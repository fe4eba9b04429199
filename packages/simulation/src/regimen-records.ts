import type { Model } from '@cartkin/model'
import type { EventRecord } from './event-record.ts'
import type { Regimen } from './regimen.ts'

/** The records of a regimen at given parameter values (amount expressions evaluated), sorted by time. */
export declare function regimenRecords(model: Model, regimen: Regimen, parameters: Float64Array): readonly EventRecord[]

export type { Axis, BandRow, CourseRow, ObservationRow } from './rows.ts'

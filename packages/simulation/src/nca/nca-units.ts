/** Units of a course as texts; empty or absent where not known. */
export interface NcaUnits {
  readonly time?: string
  readonly concentration?: string
  readonly dose?: string
}

/** What a figure is made of. */
export type NcaDimension =
  | 'none'
  | 'percent'
  | 'time'
  | '1/time'
  | 'concentration'
  | 'concentration/dose'
  | 'area'
  | 'area/dose'
  | 'moment'
  | 'dose/area'
  | 'dose/concentration'

/** The unit of a figure, such as `ng/mL*day`; empty where one that it is made of is not known. Nothing is converted. */
export function ncaUnit(dimension: NcaDimension, { time = '', concentration = '', dose = '' }: NcaUnits): string {
  const all = (parts: readonly string[], unit: string) => (parts.includes('') ? '' : unit)
  switch (dimension) {
    case 'none':
      return '1'
    case 'percent':
      return '%'
    case 'time':
      return time
    case '1/time':
      return all([time], `1/${time}`)
    case 'concentration':
      return concentration
    case 'concentration/dose':
      return all([concentration, dose], `${concentration}/${dose}`)
    case 'area':
      return all([concentration, time], `${concentration}*${time}`)
    case 'area/dose':
      return all([concentration, time, dose], `${concentration}*${time}/${dose}`)
    case 'moment':
      return all([concentration, time], `${concentration}*${time}^2`)
    case 'dose/area':
      return all([concentration, time, dose], `${dose}/(${concentration}*${time})`)
    case 'dose/concentration':
      return all([concentration, dose], `${dose}/(${concentration})`)
  }
}

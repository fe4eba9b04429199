/** A model's unit as it is printed: `cells/uL` as cells/µL, `1/day` as /day, `1` as nothing. */
export function unitText(unit: string): string {
  if (unit === '1' || unit === '') return ''
  return unit
    .replace(/^1\//, '/')
    .replaceAll('uL', 'µL')
    .replaceAll('ug', 'µg')
    .replaceAll('degC', '°C')
    .replaceAll('m2', 'm²')
    .replaceAll('*', '·')
}

/** A model's unit as it is spoken: `1/day` as "per day". */
export function spokenUnit(unit: string): string {
  if (unit === '1' || unit === '') return ''
  return unit
    .replace(/^1\//, 'per ')
    .replaceAll('/', ' per ')
    .replaceAll('uL', 'microlitre')
    .replaceAll('ug', 'microgram')
    .replaceAll('degC', 'degrees Celsius')
    .replaceAll('*', ' times ')
}

import { type Model, nearestName, parseExpression, readUnit } from '@cartkin/model'
import type { PatientQuantities } from './regimen-document.ts'
import { leadingNumber, unitRatio } from './regimen-quantity.ts'

/** A number, or an expression over parameters that stands in products as it is. */
export type Value = number | string

/** What of a model a regimen is written for. */
export type RegimenModel = Pick<Model, 'timeUnit' | 'states' | 'parameters'>

type Quantity = keyof PatientQuantities

const quantities = {
  weight: { unit: 'kg', parameter: 'WT', example: '70 kg', what: 'body weight' },
  height: { unit: 'cm', parameter: 'HT', example: '175 cm', what: 'height' },
  bodySurfaceArea: { unit: 'm2', parameter: 'BSA', example: '1.8 m2', what: 'body surface area' },
} as const

export interface Patient {
  /** Body weight in kg; null (and an issue told) where nothing gives it. */
  weight(tell: (message: string) => void): Value | null
  /**
   * Body surface area in m²; from weight and height where nothing else gives it: √(height/cm · weight/kg / 3600) (R. D.
   * Mosteller, Simplified calculation of body-surface area, N. Engl. J. Med. 317:1098, 1987).
   */
  area(tell: (message: string) => void): Value | null
}

/**
 * The patient of a regimen. Without a model any name is taken as that of a parameter.
 *
 * @param refuse told what is wrong with a quantity that is given.
 */
export function regimenPatient(
  given: PatientQuantities,
  model: RegimenModel | null,
  refuse: (quantity: Quantity, message: string) => void,
): Patient {
  const names = model?.parameters.map(({ name }) => name)

  function ofParameter(name: string, quantity: Quantity): Value {
    const { unit } = quantities[quantity]
    const declared = readUnit(model?.parameters.find((parameter) => parameter.name === name)?.unit ?? '')
    const wanted = readUnit(unit)
    const ratio = declared && wanted ? unitRatio(declared.unit, wanted.unit) : 1
    if (ratio === undefined)
      refuse(quantity, `parameter ${name} is no ${quantities[quantity].what}: its unit is not that of ${unit}`)
    return ratio === undefined || ratio === 1 ? name : `(${ratio}*${name})`
  }

  function written(quantity: Quantity, text: number | string): Value {
    const { unit, example, what } = quantities[quantity]
    const none = Number.NaN
    const tell = (message: string): number => {
      refuse(quantity, message)
      return none
    }
    const positive = (value: number) =>
      value > 0 && Number.isFinite(value) ? value : tell(`expected a ${what} above 0, such as ${example}, got ${value}`)
    if (typeof text === 'number') return positive(text)
    const { value, rest } = leadingNumber(text)
    const own = readUnit(rest === '' ? unit : rest)
    const expression = parseExpression(text)
    if (value !== null && (own !== undefined || !expression.ok)) {
      const wanted = readUnit(unit)
      const ratio = own && wanted ? unitRatio(own.unit, wanted.unit) : undefined
      return ratio === undefined
        ? tell(`${JSON.stringify(rest)} is no unit of ${what}; write ${example}`)
        : positive(value * ratio)
    }
    if (!expression.ok)
      return tell(expression.diagnostics[0]?.message ?? 'expected a number with a unit, or a parameter')
    const unknown = names === undefined ? undefined : expression.names.find((name) => !names.includes(name))
    if (unknown !== undefined) {
      const nearest = nearestName(unknown, names ?? [])
      return tell(
        `the model has no parameter ${unknown}; ${nearest === undefined ? `write ${example}` : `did you mean ${nearest}?`}`,
      )
    }
    const [name] = expression.names
    return expression.names.length === 1 && text.trim() === name ? ofParameter(name, quantity) : `(${text.trim()})`
  }

  function known(quantity: Quantity): Value | null {
    const text = given[quantity]
    if (text !== undefined) return written(quantity, text)
    const { parameter } = quantities[quantity]
    if (names === undefined ? quantity !== 'bodySurfaceArea' : names.includes(parameter))
      return ofParameter(parameter, quantity)
    return null
  }

  return {
    weight: (tell) => {
      const weight = known('weight')
      if (weight === null)
        tell(
          'the amount is per kg of body weight, which nothing gives: write patient: { weight: 70 kg }, or the name of a parameter',
        )
      return weight
    },
    area: (tell) => {
      const area = known('bodySurfaceArea')
      if (area !== null) return area
      const weight = known('weight')
      const height = known('height')
      if (weight === null || height === null) {
        tell(
          'the amount is per m² of body surface, which nothing gives: write patient: { bodySurfaceArea: 1.8 m2 }, or { weight: 70 kg, height: 175 cm }',
        )
        return null
      }
      return typeof weight === 'number' && typeof height === 'number'
        ? Math.sqrt((weight * height) / 3600)
        : `sqrt(${weight}*${height}/3600)`
    },
  }
}

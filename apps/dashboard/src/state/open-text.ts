import type { Model } from '@cartkin/model'
import { quantities, randomEffectsOf } from '@cartkin/simulation'
import { ownModel } from '../document/project-document.ts'
import { evenTimes } from './course-times.ts'
import { defaultQuantities } from './default-quantities.ts'
import { fixedBut, iniNames } from './fitted-names.ts'
import type { OpenedModel } from './opened-model.ts'
import { parameterGroups } from './parameter-infos.ts'
import { quantityPanels } from './quantity-panels.ts'
import { textEndpoints } from './text-endpoints.ts'
import { timeHabits } from './time-units.ts'

/** Points of a course and of a population's bands, over the whole of a run. */
const coursePoints = 600
const bandPoints = 120

/** Makes a model text of the person's own ready: nothing is given, and the run has a usual length for its unit of time. */
export function openText(model: Model): OpenedModel {
  const { text, title, metadata, timeUnit } = model
  const habits = timeHabits(timeUnit)
  const groups = parameterGroups(model)
  const parameters = new Map(groups.flatMap((group) => group.parameters.map((info) => [info.name, info])))
  const named = new Map(quantities(model).map((quantity) => [quantity.name, quantity]))
  const first = defaultQuantities(model)
  return {
    id: ownModel,
    origin: ownModel,
    isOwn: true,
    title: title || 'Your model',
    reference: metadata.reference,
    text,
    model,
    timeUnit,
    start: 0,
    horizon: habits.horizon,
    regimen: { name: 'The doses', doses: [] },
    regimens: [],
    windows: (end) => habits.steps.filter((time) => time < end && time > end / 30).slice(-3),
    firstWindow: null,
    times: (end) => evenTimes(0, end, coursePoints),
    bandTimes: (end) => evenTimes(0, end, bandPoints),
    groups,
    parameters,
    defaults: new Map([...parameters].map(([name, { value }]) => [name, value])),
    inputs: model.parameters.filter(({ kind }) => kind === 'covariate'),
    quantities: named,
    panels: quantityPanels(first, named),
    endpoints: textEndpoints(
      first.slice(0, 2).flatMap((name) => named.get(name) ?? []),
      timeUnit,
    ),
    observations: [],
    readyMade: [],
    population: randomEffectsOf(model),
    fitting: null,
    usuallyFixed: fixedBut(parameters.keys(), iniNames(model)),
    extinction: null,
  }
}

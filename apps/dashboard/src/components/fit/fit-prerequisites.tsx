import type { Prerequisite } from '../../state/fit-prerequisites.ts'
import type { Regions } from '../shell/regions.ts'
import { showPlace } from './fit-places.ts'

/** What a fit needs, with a link to the place where each missing thing is mended. */
export function FitPrerequisites({
  prerequisites,
  regions,
}: {
  readonly prerequisites: readonly Prerequisite[]
  readonly regions: Regions
}) {
  return (
    <ul class="prerequisites" aria-label="What the fit needs">
      {prerequisites.map(({ met, text, place }) => (
        <li key={text} data-met={met}>
          <span class="mark" aria-hidden="true">
            {met ? '✓' : '✕'}
          </span>
          <span>
            <span class="visually-hidden">{met ? 'There: ' : 'Missing: '}</span>
            {text}
            {place && !met && (
              <>
                {' '}
                <button type="button" class="link" onClick={() => showPlace(place, regions)}>
                  {place.label}
                </button>
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}

import { useComputed } from '@preact/signals'
import { isNoneSelected, noneSelected } from '../../plot/selected.ts'
import { type DrawnFact, drawnFacts, subjectFacts } from '../../plot/selected-people.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { formatNumber } from '../controls/format-number.ts'

/** Most who are named one by one, and most facts that are spoken. */
const mostNamed = 12
const mostSpoken = 3

/** Who is selected: names, and what the data tell or what was drawn of them. Also told to those who cannot see it. */
export function SelectedCard({ dashboard }: { readonly dashboard: Dashboard }) {
  const { view, patients, observed } = dashboard
  const people = useComputed(() => {
    const { virtual, subjects } = view.selected.value
    const all = patients.patients.value
    const known = virtual.filter((patient) => all !== null && patient < all.count)
    return {
      virtual: known.map((patient) => String(patient + 1)),
      facts: all && known.length > 0 ? drawnFacts(all, known) : [],
      count: all?.count ?? 0,
      subjects: subjectFacts(observed.value?.data ?? null, subjects),
    }
  })
  const { virtual, facts, count, subjects } = people.value
  const isEmpty = virtual.length === 0 && subjects.length === 0
  const clear = (): void => {
    view.selected.value = noneSelected
  }
  const heading = [
    ...(virtual.length > 0 ? [namesText('Virtual patient', virtual)] : []),
    ...(subjects.length > 0
      ? [
          namesText(
            'Subject',
            subjects.map(({ name }) => name),
          ),
        ]
      : []),
  ].join('; ')
  return (
    <>
      <p class="visually-hidden" role="status">
        {isEmpty ? '' : `Selected: ${heading}. ${spokenFacts(facts, virtual.length)}${spokenCovariates(subjects)}`}
      </p>
      {!isEmpty && !isNoneSelected(view.selected.value) && (
        <section
          class="selected-card"
          aria-label="Selected patients"
          onKeyDown={({ key }) => {
            if (key === 'Escape') clear()
          }}
        >
          <div class="row">
            <h2>{heading}</h2>
            <span class="spacer" />
            <button type="button" class="button tiny" onClick={clear} title="Esc while a plot has the focus">
              Clear
            </button>
          </div>
          {facts.length > 0 && (
            <DrawnTable dashboard={dashboard} facts={facts} several={virtual.length > 1} of={count} />
          )}
          {subjects.length > 0 && subjects.some(({ covariates }) => covariates.length > 0) && (
            <ul class="selected-subjects">
              {subjects.slice(0, mostNamed).map(({ name, covariates }) => (
                <li key={name}>
                  {subjects.length > 1 && <strong>{name}: </strong>}
                  {covariates.map(([key, value]) => `${key} ${formatNumber(value)}`).join(', ') || 'no covariates'}
                </li>
              ))}
            </ul>
          )}
        </section>
      )}
    </>
  )
}

interface DrawnTableProps {
  readonly dashboard: Dashboard
  readonly facts: readonly DrawnFact[]
  readonly several: boolean
  readonly of: number
}

function DrawnTable({ dashboard, facts, several, of }: DrawnTableProps) {
  const { parameters } = dashboard.opened.value
  return (
    // A region that scrolls has to be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section class="selected-facts" tabIndex={0} aria-label="What was drawn for them">
      <table>
        <thead>
          <tr>
            <th scope="col">Drawn</th>
            <th scope="col" class="number">
              {several ? 'Median' : 'Value'}
            </th>
            <th scope="col" class="number" title={`Which part of all ${of} has less`}>
              Percentile
            </th>
          </tr>
        </thead>
        <tbody>
          {facts.map(({ name, value, below }) => (
            <tr key={name} title={parameters.get(name)?.label}>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td class="number">{formatNumber(value)}</td>
              <td class="number">{Math.round(100 * below)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function namesText(kind: string, names: readonly string[]): string {
  if (names.length === 1) return `${kind} ${names.join()}`
  const more = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : ''
  return `${names.length} ${kind.toLowerCase()}s: ${names.slice(0, mostNamed).join(', ')}${more}`
}

function spokenFacts(facts: readonly DrawnFact[], count: number): string {
  if (facts.length === 0) return ''
  const told = facts
    .slice(0, mostSpoken)
    .map(({ name, value, below }) => `${name} ${formatNumber(value)}, percentile ${Math.round(100 * below)}`)
  return `${count > 1 ? 'Medians: ' : ''}${told.join('; ')}. `
}

function spokenCovariates(
  subjects: readonly { readonly covariates: readonly (readonly [string, number])[] }[],
): string {
  const [one] = subjects
  if (!one || subjects.length > 1 || one.covariates.length === 0) return ''
  return `${one.covariates.map(([key, value]) => `${key} ${formatNumber(value)}`).join(', ')}.`
}

import { useSignal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import { readPalette } from '../../plot/palette.ts'
import { scanColours } from '../../plot/scan-ramp.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { parameterScale } from '../../state/parameter-scale.ts'
import { fewestScanned, mostScanned, type ScannedParameter } from '../../state/scan-session.ts'
import { formatNumber } from '../controls/format-number.ts'
import { unitText } from '../controls/unit-text.ts'
import { ScanChart } from './scan-chart.tsx'

/** The scan that the panels draw: its legend, and an endpoint by the value of the parameter. Nothing while there is none. */
export function ScanCard({ dashboard }: { readonly dashboard: Dashboard }) {
  const { scan } = dashboard
  const { parameters, running, problem } = scan.state.value
  const scanned = parameters.find(({ info }) => info.name === scan.shown.value)
  if (!scanned) return null
  const { name, label } = scanned.info
  return (
    <section class="card scan" aria-labelledby="scan-title">
      <div class="row">
        <h2 id="scan-title">Scan of {name}</h2>
        <span class="muted" role="status">
          {running ? 'running' : ''}
        </span>
        <span class="spacer" />
        <button type="button" class="icon-button" aria-label="End the scan" title="End the scan" onClick={scan.close}>
          ×
        </button>
      </div>
      <p class="muted">{label}</p>
      <div class="row">
        {parameters.length > 1 && (
          <label class="row">
            <span>Drawn</span>
            <select
              value={name}
              onChange={(event) => {
                scan.shown.value = event.currentTarget.value
                scan.highlighted.value = null
              }}
            >
              {parameters.map(({ info }) => (
                <option key={info.name} value={info.name}>
                  {info.name}
                </option>
              ))}
            </select>
          </label>
        )}
        <CountStepper dashboard={dashboard} />
      </div>
      <ScanResults key={name} dashboard={dashboard} scanned={scanned} />
      {problem && <p class="problem">{problem}</p>}
    </section>
  )
}

/** How many values are scanned. */
function CountStepper({ dashboard }: { readonly dashboard: Dashboard }) {
  const { count } = dashboard.scan
  const set = (next: number): void => {
    if (Number.isInteger(next)) count.value = Math.min(mostScanned, Math.max(fewestScanned, next))
  }
  return (
    <div class="row">
      <span id="scan-count">Values</span>
      <div class="stepper">
        <button type="button" class="icon-button" aria-label="Fewer values" onClick={() => set(count.peek() - 1)}>
          −
        </button>
        <input
          class="number-box"
          type="text"
          inputMode="numeric"
          aria-labelledby="scan-count"
          value={count.value}
          onChange={(event) => {
            set(Number(event.currentTarget.value))
            event.currentTarget.value = String(count.peek())
          }}
        />
        <button type="button" class="icon-button" aria-label="More values" onClick={() => set(count.peek() + 1)}>
          +
        </button>
      </div>
    </div>
  )
}

interface ScanResultsProps {
  readonly dashboard: Dashboard
  readonly scanned: ScannedParameter
}

function ScanResults({ dashboard, scanned }: ScanResultsProps) {
  const { endpoints } = dashboard.opened.value
  const { highlighted } = dashboard.scan
  const chosen = useSignal(endpoints[0]?.name ?? '')
  const ground = useGround()
  const { info, curves } = scanned
  const colours = scanColours(curves.length, ground)
  const values = curves.map(({ value }) => value)
  const results = curves.map(({ course }) => course?.endpoints.get(chosen.value)?.value ?? Number.NaN)
  const endpoint = endpoints.find(({ name }) => name === chosen.value)
  const { kind } = parameterScale(info, info.value, dashboard.desk.value.bounds[info.name])
  const unit = unitText(info.unit)
  return (
    <>
      {endpoint && (
        <>
          <select
            aria-label="Endpoint of the scan"
            value={chosen.value}
            onChange={(event) => {
              chosen.value = event.currentTarget.value
            }}
          >
            {endpoints.map(({ name, label }) => (
              <option key={name} value={name}>
                {unitText(label)}
              </option>
            ))}
          </select>
          <ScanChart
            values={values}
            results={results}
            colours={colours}
            isLog={kind === 'log'}
            highlighted={highlighted.value}
            parameter={info.name}
            endpoint={endpoint.label}
          />
        </>
      )}
      <table class="scan-legend">
        <caption class="visually-hidden">
          Values of {info.name}, their colours{endpoint ? `, and ${endpoint.label}` : ''}
        </caption>
        <thead>
          <tr>
            <th scope="col">
              {info.name} {unit && <span class="muted">{unit}</span>}
            </th>
            {endpoint && (
              <th scope="col" class="number">
                {unitText(endpoint.unit) || 'Endpoint'}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {curves.map(({ value, course }, k) => (
            <tr key={value}>
              <th scope="row">
                <button
                  type="button"
                  class="legend-button"
                  aria-pressed={highlighted.value === k}
                  aria-label={`Highlight ${info.name} ${formatNumber(value)}`}
                  onClick={() => {
                    highlighted.value = highlighted.peek() === k ? null : k
                  }}
                >
                  <span class="swatch" style={{ '--swatch': colours[k] ?? '' }} />
                  {formatNumber(value)}
                </button>
              </th>
              {endpoint && <td class="number">{course ? formatNumber(results[k] ?? Number.NaN) : '…'}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

/** The ground that colours lie on, also after the scheme of the system has changed. */
function useGround(): string {
  const [ground, setGround] = useState(() => readPalette().ground)
  useEffect(() => {
    const scheme = matchMedia('(prefers-color-scheme: dark)')
    const read = (): void => setGround(readPalette().ground)
    scheme.addEventListener('change', read)
    return () => scheme.removeEventListener('change', read)
  }, [])
  return ground
}

import type { PanelDefinition } from '@cartkin/cart-models'
import type { ColumnTable } from '@cartkin/simulation'
import { formatNumber } from '../components/controls/format-number.ts'
import { unitText } from '../components/controls/unit-text.ts'
import { documentHash } from '../document/document-hash.ts'
import { type Scenario, sameCourse } from '../document/scenario.ts'
import { readPalette } from '../plot/palette.ts'
import type { Course } from '../state/course.ts'
import type { Dashboard } from '../state/dashboard.ts'
import { doseText } from '../state/dose-text.ts'
import { type CoursePlan, coursePlan } from './course-plan.ts'
import { figureSvg, svgSize } from './figure-svg.ts'
import { htmlReport } from './html-report.ts'
import type { PanelExports } from './panel-exports.ts'
import { fileName } from './project-file.ts'
import { saveFile } from './save-file.ts'

/** The course of a scenario in full precision; null while it is not there. */
export function settledCourse(dashboard: Dashboard, scenario: Scenario): Course | null {
  if (scenario.id !== dashboard.scenario.peek().id) return dashboard.scene.courseOf(scenario).course
  const computed = dashboard.settledFor.peek()
  return computed && sameCourse(computed, scenario) ? dashboard.settled.peek() : null
}

/** All curves of the active scenario: every time, state and output. */
export async function saveCourse(dashboard: Dashboard, format: 'csv' | 'arrow'): Promise<void> {
  const course = settledCourse(dashboard, dashboard.scenario.peek())
  if (!course) return
  const { tableToArrow, tableToCsv } = await import('./table-files.ts')
  const name = fileName(dashboard.opened.peek().title)
  if (format === 'csv') saveFile(`${name}.csv`, 'text/csv', tableToCsv(course.table))
  else saveFile(`${name}.arrow`, 'application/vnd.apache.arrow.file', new Uint8Array(tableToArrow(course.table)))
}

/** The curves of all scenarios that have been computed, one below the other, with their scenario's name before them. */
export async function saveScenarios(dashboard: Dashboard): Promise<void> {
  const parts = dashboard.desk.peek().scenarios.flatMap((scenario) => {
    const course = settledCourse(dashboard, scenario)
    return course ? [{ name: scenario.name, table: course.table }] : []
  })
  const { tableToCsv } = await import('./table-files.ts')
  saveFile(`${fileName(dashboard.opened.peek().title)}-scenarios.csv`, 'text/csv', tableToCsv(stacked(parts)))
}

/** Tables of equal columns below one another. */
function stacked(parts: readonly { readonly name: string; readonly table: ColumnTable }[]): ColumnTable {
  const [first] = parts
  const rows = parts.map(({ table }) => table.columns[0]?.values.length ?? 0)
  const names = parts.flatMap(({ name }, k) => Array.from({ length: rows[k] ?? 0 }, () => name))
  return {
    columns: [
      { kind: 'text', name: 'scenario', values: names },
      ...(first?.table.columns ?? []).flatMap((column) => {
        if (column.kind !== 'number') return []
        const values = parts.flatMap(({ table }) => {
          const same = table.columns.find(({ name }) => name === column.name)
          return same?.kind === 'number' ? [...same.values] : []
        })
        return [{ ...column, values: Float64Array.from(values) }]
      }),
    ],
  }
}

/** A panel as a figure; null while it is not drawn. */
async function panelFigure(exports: PanelExports, { title, unit }: PanelDefinition): Promise<string | null> {
  const drawing = await exports.svg(title)
  if (drawing === null) return null
  const { ink, ground } = readPalette()
  const named = unit ? `${title} (${unitText(unit)})` : title
  return figureSvg(drawing, named, { ink, ground, size: svgSize(drawing) })
}

/** A panel as a file: SVG, or PNG with so many pixels for each of the page's. */
export async function savePanel(
  dashboard: Dashboard,
  exports: PanelExports,
  panel: PanelDefinition,
  format: 'svg' | 1 | 2 | 3,
): Promise<void> {
  const svg = await panelFigure(exports, panel)
  if (svg === null) return
  const name = `${fileName(dashboard.opened.peek().title)}-${fileName(panel.title)}`
  if (format === 'svg') saveFile(`${name}.svg`, 'image/svg+xml', svg)
  else {
    const { svgToPng } = await import('./svg-to-png.ts')
    saveFile(`${name}${format === 1 ? '' : `@${format}x`}.png`, 'image/png', await svgToPng(svg, format))
  }
}

/** The plan that computes the scenarios of the desk anew. Throws a RangeError for what a plan cannot say. */
export async function pagePlan(dashboard: Dashboard): Promise<CoursePlan> {
  const { courseFile } = await import('./course-file.ts')
  const opened = dashboard.opened.peek()
  const { scenarios } = dashboard.desk.peek()
  const planned = await Promise.all(
    scenarios.map(async (scenario) => {
      const course = settledCourse(dashboard, scenario)
      return { scenario, hash: course && !course.failure ? (await courseFile(course)).hash : null }
    }),
  )
  const quantities = dashboard.panels.peek().flatMap((panel) => panel.quantities)
  const title = dashboard.history.present.peek().name || opened.title
  return coursePlan(opened, title, planned, [...new Set(quantities)])
}

/** What is on the page as one HTML file that holds everything and runs nothing. */
export async function saveReport(dashboard: Dashboard, exports: PanelExports): Promise<void> {
  const opened = dashboard.opened.peek()
  const document = dashboard.history.present.peek()
  const { scenarios } = dashboard.desk.peek()
  const { courseFile } = await import('./course-file.ts')
  const drawn = await Promise.all(dashboard.panels.peek().map((panel) => panelFigure(exports, panel)))
  const courses = scenarios.map((scenario) => settledCourse(dashboard, scenario))
  const hashes = await Promise.all(courses.map(async (course) => course && (await courseFile(course)).hash))
  const title = document.name || opened.title
  const changes = [...new Set(scenarios.flatMap(({ inputs, parameters }) => Object.keys({ ...inputs, ...parameters })))]
  const report = htmlReport({
    title,
    facts: [
      ['Model', opened.title],
      ...(opened.reference ? [['Source', opened.reference] as const] : []),
      ['Made', new Date().toISOString()],
      ['Project, SHA-256', await documentHash(document)],
    ],
    figures: dashboard.panels.peek().flatMap(({ title: name }, k) => {
      const svg = drawn[k]
      return svg ? [{ title: name, svg }] : []
    }),
    tables: [
      {
        title: 'Endpoints',
        columns: ['Endpoint', 'Unit', ...scenarios.map(({ name }) => name)],
        rows: opened.endpoints.map(({ name, label, unit }) => [
          unitText(label),
          unitText(unit),
          ...courses.map((course) => {
            const found = course?.endpoints.get(name)
            return found ? formatNumber(found.value) : ''
          }),
        ]),
      },
      {
        title: 'Parameters and inputs that differ from the model',
        columns: ['Name', 'Model', ...scenarios.map(({ name }) => name)],
        rows: changes.map((name) => [
          name,
          String(opened.defaults.get(name) ?? ''),
          ...scenarios.map(({ inputs, parameters }) => String({ ...inputs, ...parameters }[name] ?? 'as the model')),
        ]),
      },
      {
        title: 'What is given',
        columns: ['Scenario', 'Runs until', 'Doses', 'Course, SHA-256 of the Arrow file'],
        rows: scenarios.map(({ name, horizon, regimen }, k) => [
          name,
          `${horizon} ${opened.timeUnit}`,
          regimen.doses.map((dose) => doseText(dose, opened.timeUnit)).join('; ') || 'none',
          hashes[k] ?? '',
        ]),
      },
    ],
  })
  saveFile(`${fileName(title)}.html`, 'text/html', report)
}

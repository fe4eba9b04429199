export { type CompiledChart, compileChart } from './compile-chart.ts'
export { renderSvg, type Svg } from './render-svg.ts'

import type { LoggerInterface, Spec } from 'vega'
import { compile, type TopLevelSpec } from 'vega-lite'

/** A chart as Vega, with what the compiler complained of. */
export interface CompiledChart {
  readonly vega: Spec
  readonly warnings: readonly string[]
}

/** Keeps what is logged, and prints nothing. */
export function collectingLogger(messages: string[]): LoggerInterface {
  const keep = (...texts: readonly unknown[]) => {
    messages.push(texts.map(String).join(' '))
    return logger
  }
  const logger: LoggerInterface = {
    level: () => logger,
    error: keep,
    warn: keep,
    info: () => logger,
    debug: () => logger,
  }
  return logger
}

/** Compiles a Vega-Lite specification; warnings are values. */
export function compileChart(spec: TopLevelSpec): CompiledChart {
  const warnings: string[] = []
  const { spec: vega } = compile(spec, { logger: collectingLogger(warnings) })
  return { vega, warnings }
}

import { type Loader, View, Warn } from 'vega'
import { expressionInterpreter } from 'vega-interpreter'

/** Specifications are made here and name no file; whatever asks for one is refused. */
const refuse = (uri: string): Promise<never> => Promise.reject(new Error(`plots load nothing, refused ${uri}`))
const closedLoader: Loader = { load: refuse, sanitize: refuse, http: refuse, file: refuse }

/** A Vega view that loads nothing and whose expressions are interpreted, so that it runs under a policy without eval. */
export function closedView(spec: ConstructorParameters<typeof View>[0], container: HTMLElement): View {
  return new View(spec, {
    expr: expressionInterpreter,
    loader: closedLoader,
    renderer: 'svg',
    logLevel: Warn,
    hover: false,
    container,
  })
}

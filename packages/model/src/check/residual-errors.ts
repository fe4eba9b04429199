import type { ContinuousError, CountError, ErrorArgument, ErrorModel, ErrorTransform } from '../model.ts'
import type { Assignment, Expression } from '../syntax/syntax.ts'
import type { Diagnostics } from '../text/diagnostics.ts'
import { quote } from '../text/quote.ts'
import type { Extent } from '../text/source-text.ts'
import { literalValue } from './lower-expression.ts'

/** One term of a residual error line. */
export interface ResidualForm {
  readonly written: string
  readonly summary: string
  readonly least: number
  readonly most: number
}

function form(written: string, summary: string, least = 1, most = least): ResidualForm {
  return { written, summary, least, most }
}

const additive = form('add(sd)', 'normal, of this standard deviation')
const lognormal = form('lnorm(sd)', 'normal on the log scale')
const student = form('t(df)', 't distribution in place of the normal', 1)
const poisson = form('pois(mean)', 'Poisson counts')
const binomial = form('binom(trials, probability)', 'binomial counts', 2)
const normal = form('norm(sd)', 'normal, of this standard deviation; dnorm() says only that', 0, 1)

/** The terms of residual error lines that are known here, by name. */
export const residualForms: ReadonlyMap<string, ResidualForm> = new Map<string, ResidualForm>([
  ['add', additive],
  ['norm', normal],
  ['dnorm', normal],
  ['prop', form('prop(sd)', 'standard deviation in proportion to the prediction')],
  ['pow', form('pow(sd, exponent)', 'standard deviation in proportion to a power of the prediction', 2)],
  ['lnorm', lognormal],
  ['dlnorm', lognormal],
  ['logn', lognormal],
  ['dlogn', lognormal],
  ['logitNorm', form('logitNorm(sd, low, high)', 'normal on the logit scale of (low, high), usually (0, 1)', 1, 3)],
  ['probitNorm', form('probitNorm(sd, low, high)', 'normal on the probit scale of (low, high), usually (0, 1)', 1, 3)],
  ['boxCox', form('boxCox(lambda)', 'residual on the Box-Cox scale')],
  ['yeoJohnson', form('yeoJohnson(lambda)', 'residual on the Yeo-Johnson scale')],
  ['combined1', form('combined1()', 'add and prop: standard deviations add up', 0)],
  ['combined2', form('combined2()', 'add and prop: variances add up (the default)', 0)],
  ['t', student],
  ['dt', student],
  ['cauchy', form('cauchy()', 't distribution with one degree of freedom', 0)],
  ['dcauchy', form('dcauchy()', 't distribution with one degree of freedom', 0)],
  ['pois', poisson],
  ['dpois', poisson],
  ['binom', binomial],
  ['dbinom', binomial],
])

/** Terms that rxode2 knows and this language refuses by name. */
export const refusedResiduals: ReadonlySet<string> = new Set(
  'propT propF powT powF addT ar nbinom dnbinom nbinomMu dnbinomMu beta dbeta chisq dchisq dexp df geom dgeom hyper dhyper unif dunif weibull dweibull dgamma ordinal bern dbern'.split(
    ' ',
  ),
)

/** Terms whose name is also that of a function: alone they make an error line only of a name that has a value. */
const ambiguous: ReadonlySet<string> = new Set(['pow', 't', 'beta'])

interface Term {
  readonly name: string
  readonly index: number
}

/** The calls that `a(…) + b(…) | endpoint` adds up; undefined where something else is in the sum. */
function termsOf(expression: Expression): { terms: readonly Term[]; endpoint: number | undefined } | undefined {
  const terms: Term[] = []
  let index = expression.length - 1
  let endpoint: number | undefined
  const whole = expression[index]
  if (whole?.kind === 'binary' && whole.operator === '|') {
    endpoint = whole.right
    index = whole.left
  }
  for (;;) {
    const node = expression[index]
    if (node?.kind === 'call') {
      terms.push({ name: node.name, index })
      return { terms: terms.toReversed(), endpoint }
    }
    if (node?.kind !== 'binary' || node.operator !== '+') return undefined
    const right = expression[node.right]
    if (right?.kind !== 'call') return undefined
    terms.push({ name: right.name, index: node.right })
    index = node.left
  }
}

/**
 * Whether `name ~ value` is a residual error line, such as `CAR ~ add(a) + prop(b)`, and no hidden assignment.
 *
 * @param hasValue whether a name has a value on the lines above, or is a state.
 */
export function isErrorLine(statement: Assignment, hasValue: (name: string) => boolean): boolean {
  if (!statement.hidden || statement.target.kind !== 'variable') return false
  const { terms } = termsOf(statement.value) ?? { terms: [] }
  return terms.some(({ name }) => {
    if (!residualForms.has(name) && !refusedResiduals.has(name)) return false
    return !ambiguous.has(name) || terms.length > 1 || hasValue(statement.target.name)
  })
}

/** The parameters that a residual error is made of. */
export function errorParameters(model: ErrorModel): readonly string[] {
  const found: readonly (ErrorArgument | undefined)[] =
    model.kind === 'poisson'
      ? [model.mean]
      : model.kind === 'binomial'
        ? [model.trials, model.probability]
        : [
            model.additive,
            model.proportional?.coefficient,
            model.proportional?.exponent,
            'lambda' in model.transform ? model.transform.lambda : undefined,
            'degreesOfFreedom' in model.distribution ? model.distribution.degreesOfFreedom : undefined,
          ]
  return found.flatMap((argument) => (argument?.kind === 'parameter' ? [argument.name] : []))
}

/** What a name in the brackets may be. */
export type ArgumentLookup = (name: string, at: Extent) => ErrorArgument | undefined

/** Reads a residual error line; what cannot be used is reported. */
export function readErrorLine(
  statement: Assignment,
  argumentOf: ArgumentLookup,
  diagnostics: Diagnostics,
): ErrorModel | undefined {
  return new ErrorLineReader(statement, argumentOf, diagnostics).read()
}

const one: ErrorArgument = { kind: 'number', value: 1 }

class ErrorLineReader {
  readonly #statement: Assignment
  readonly #argumentOf: ArgumentLookup
  readonly #diagnostics: Diagnostics
  #additive: ErrorArgument | undefined
  #proportional: ContinuousError['proportional'] | undefined
  #transform: ErrorTransform | undefined
  #combination: ContinuousError['combination'] | undefined
  #distribution: ContinuousError['distribution'] = { kind: 'normal' }
  #failed = false

  constructor(statement: Assignment, argumentOf: ArgumentLookup, diagnostics: Diagnostics) {
    this.#statement = statement
    this.#argumentOf = argumentOf
    this.#diagnostics = diagnostics
  }

  read(): ErrorModel | undefined {
    const expression = this.#statement.value
    const { terms, endpoint: endpointIndex } = termsOf(expression) ?? { terms: [], endpoint: undefined }
    const { name } = this.#statement.target
    const endpoint = this.#endpoint(endpointIndex) ?? name
    for (const term of terms) {
      const call = expression[term.index]
      if (call?.kind !== 'call') continue
      const known = residualForms.get(term.name)
      if (known === undefined) {
        this.#fail(call.at, `The residual error ${quote(term.name)} is not supported yet; there are ${written()}.`)
        continue
      }
      const count = call.arguments.length
      if (count < known.least || count > known.most) {
        this.#fail(
          call.at,
          `${quote(term.name)} is given ${count} argument${count === 1 ? '' : 's'}; expected ${known.written}.`,
        )
        continue
      }
      if (term.name.endsWith('pois') || term.name.endsWith('binom')) {
        if (terms.length > 1) {
          this.#fail(call.at, `Counts, ${quote(term.name)}, stand alone on their line; nothing can be added to them.`)
          return undefined
        }
        return this.#count(term.name, call.arguments, { name, endpoint })
      }
      this.#continuous(term.name, call.arguments, call.at)
    }
    if (!this.#failed && this.#additive === undefined && this.#proportional === undefined) {
      this.#fail(
        this.#statement.at,
        `The residual error of ${quote(name)} has no standard deviation; add(sd) or prop(sd) gives one.`,
      )
    }
    if (this.#failed) return undefined
    return {
      kind: 'continuous',
      name,
      endpoint,
      transform: this.#transform ?? { kind: 'identity' },
      ...(this.#additive === undefined ? {} : { additive: this.#additive }),
      ...(this.#proportional === undefined ? {} : { proportional: this.#proportional }),
      combination: this.#combination ?? 'variance',
      distribution: this.#distribution,
    }
  }

  #fail(at: Extent, message: string): undefined {
    this.#diagnostics.error(at, message)
    this.#failed = true
  }

  #endpoint(index: number | undefined): string | undefined {
    const node = index === undefined ? undefined : this.#statement.value[index]
    if (node === undefined || node.kind === 'name') return node?.name
    return this.#fail(node.at, 'The name of an endpoint was expected after `|`.')
  }

  #count(
    name: string,
    places: readonly number[],
    observed: { name: string; endpoint: string },
  ): CountError | undefined {
    const [first, second] = places.map((place) => this.#argument(place))
    if (first === undefined) return undefined
    if (name.endsWith('pois')) return { kind: 'poisson', ...observed, mean: first }
    return second === undefined ? undefined : { kind: 'binomial', ...observed, trials: first, probability: second }
  }

  #continuous(name: string, places: readonly number[], at: Extent): void {
    const [first, second, third] = places
    switch (name) {
      case 'add':
      case 'norm':
      case 'dnorm':
        if (first !== undefined) this.#setAdditive(this.#argument(first), at)
        return
      case 'prop':
        this.#setProportional(first, one, at)
        return
      case 'pow':
        this.#setProportional(first, second === undefined ? one : this.#argument(second), at)
        return
      case 'combined1':
      case 'combined2':
        this.#combination = name === 'combined1' ? 'deviation' : 'variance'
        return
      case 't':
      case 'dt':
      case 'cauchy':
      case 'dcauchy': {
        const degreesOfFreedom = first === undefined ? one : this.#argument(first)
        if (degreesOfFreedom !== undefined) this.#distribution = { kind: 't', degreesOfFreedom }
        return
      }
      case 'boxCox':
      case 'yeoJohnson': {
        const lambda = first === undefined ? undefined : this.#argument(first)
        if (lambda !== undefined) this.#setTransform({ kind: name, lambda }, at)
        return
      }
      case 'logitNorm':
      case 'probitNorm': {
        const low = this.#number(second, 0)
        const high = this.#number(third, 1)
        if (!(low < high))
          this.#fail(at, `The bounds of ${quote(name)} are ${low} and ${high}; the first must be below the second.`)
        this.#setTransform({ kind: name === 'logitNorm' ? 'logit' : 'probit', low, high }, at)
        this.#setDeviation(first, at)
        return
      }
      default:
        this.#setTransform({ kind: 'log' }, at)
        this.#setDeviation(first, at)
    }
  }

  /** The `sd` of lnorm and its kin; NA leaves it to another term. */
  #setDeviation(place: number | undefined, at: Extent): void {
    const node = place === undefined ? undefined : this.#statement.value[place]
    if (place === undefined || (node?.kind === 'name' && node.name === 'NA')) return
    this.#setAdditive(this.#argument(place), at)
  }

  #setAdditive(value: ErrorArgument | undefined, at: Extent): void {
    if (this.#additive !== undefined) this.#fail(at, `There are two additive residual errors for ${this.#what}.`)
    this.#additive = value
  }

  #setProportional(place: number | undefined, exponent: ErrorArgument | undefined, at: Extent): void {
    if (this.#proportional !== undefined)
      this.#fail(at, `There are two proportional residual errors for ${this.#what}.`)
    const coefficient = place === undefined ? undefined : this.#argument(place)
    if (coefficient !== undefined && exponent !== undefined) this.#proportional = { coefficient, exponent }
  }

  #setTransform(transform: ErrorTransform, at: Extent): void {
    if (this.#transform !== undefined) this.#fail(at, `There are two scales for the residual error of ${this.#what}.`)
    this.#transform = transform
  }

  get #what(): string {
    return quote(this.#statement.target.name)
  }

  #argument(place: number): ErrorArgument | undefined {
    const node = this.#statement.value[place]
    if (node === undefined) return undefined
    if (node.kind === 'name' && node.name !== 'Inf') {
      const found = this.#argumentOf(node.name, node.at)
      if (found === undefined) this.#failed = true
      return found
    }
    const value = literalValue([node])
    if (value !== undefined) return { kind: 'number', value }
    return this.#fail(
      node.at,
      'A parameter, a number or a value of the model was expected here; give an expression a name on a line above.',
    )
  }

  #number(place: number | undefined, usual: number): number {
    const node = place === undefined ? undefined : this.#statement.value[place]
    if (node === undefined) return usual
    const operand = node.kind === 'unary' && node.operator === '-' ? this.#statement.value[node.argument] : undefined
    const value = operand === undefined ? literalValue([node]) : literalValue([operand])
    if (value === undefined) {
      this.#fail(node.at, 'A number was expected here.')
      return usual
    }
    return operand === undefined ? value : -value
  }
}

function written(): string {
  return [...new Set([...residualForms.values()].map((known) => known.written))].join(', ')
}

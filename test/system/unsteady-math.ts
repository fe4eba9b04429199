/** What every engine computes to the same bits: the language says them exactly, and the constants are numbers. */
const steady =
  /^\s*\.\s*(?:abs|ceil|clz32|floor|fround|imul|max|min|round|sign|sqrt|trunc|E|LN2|LN10|LOG2E|LOG10E|PI|SQRT1_2|SQRT2)\b/

/** A power of two with a literal exponent is exact everywhere. */
const exactPower = /(?<![\w$.)\]])2\s*\*\*\s*-?\d+\b(?!\s*\*\*|\.\d)/g

const comment = String.raw`\/\*[\s\S]*?\*\/|\/\/[^\n]*`
const text = String.raw`'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"`
const pattern = String.raw`(?<=[(,=:[!&|?{};]\s*|return\s+)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*`
const notCode = new RegExp(`${comment}|${text}|${pattern}`, 'g')

/** Code without comments, literal texts and regular expressions; what templates compute stays. */
function codeOf(source: string): string {
  const withoutTexts = source.replace(notCode, (found) => (found.startsWith('/*') ? ' ' : "''"))
  return withoutTexts.replace(/`(?:\\.|[^`\\])*`/g, (template) =>
    [...template.matchAll(/\$\{([^}]*)\}/g)].map(([, inner]) => `(${inner})`).join(' '),
  )
}

/**
 * Where a source may give other bits in another engine: a function of Math that the language leaves to the engine, Math
 * handled as a value (so that its functions could be had under other names), the power operator, and what depends on a
 * locale.
 */
export function unsteadyMath(source: string): readonly string[] {
  const code = codeOf(source).replace(exactPower, '1')
  const found: string[] = []
  for (const { index, 0: name } of code.matchAll(/(?<![\w$.])Math\b|\.\s*Math\b|\*\*|\.\s*toLocale\w+|\bIntl\b/g)) {
    if (name.endsWith('Math') && steady.test(code.slice(index + name.length))) continue
    found.push(
      code
        .slice(Math.max(0, index - 20), index + 30)
        .replace(/\s+/g, ' ')
        .trim(),
    )
  }
  return found
}

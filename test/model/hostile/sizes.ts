import { type HostileTexts, pieces, published, withIni, withMetadata } from './text-forms.ts'

const states = (count: number, rate: (i: number) => string) => pieces(count, (i) => `d/dt(x${i})=${rate(i)}`)
const names = (count: number, name: string) => pieces(count, (i) => `${name}${i}`, '+')
/** The lower triangle of a covariance matrix. */
const triangle = (size: number, other: number) =>
  pieces(size, (i) => pieces(i + 1, (j) => (i === j ? '1' : `${other}`), ','), ',')

/** Texts that are long, deep, or ask for more than they seem to. */
export const sizeTexts: HostileTexts = {
  'ten million letters': () => 'a'.repeat(10_000_000),
  'ten million line ends': () => '\n'.repeat(10_000_000),
  'ten million brackets': () => '('.repeat(10_000_000),
  'ten million bytes of a model': () => 'd/dt(x) = -x\n'.repeat(770_000),
  'ten million letters of astral planes': () => '𝑥'.repeat(5_000_000),
  'a million semicolons': () => ';'.repeat(1_000_000),
  'semicolons up to the limit': () => `${';'.repeat(499_990)}y=t`,
  'statements up to the limit': () => 'a=t\n'.repeat(124_900),
  'line ends up to the limit': () => `y=t${'\n'.repeat(499_990)}`,
  'a comment of two million': () => `y = t # ${'x'.repeat(2_000_000)}`,
  'comments of nothing': () => `${'#\n'.repeat(400_000)}y=t`,
  'comments behind every word': () => pieces(50_000, (i) => `a${i} # ${i}\n= # ${i}\nt`),
  'a string of two million': () => `y = S == "${'b'.repeat(2_000_000)}"`,
  'a string of a million backslashes': () => `y = S == "${'\\\\'.repeat(1_000_000)}"`,
  'a raw string that almost ends a million times': () => `a = r"---(${'x)--'.repeat(500_000)}`,
  'a raw string of a million dashes': () => `a = r"${'-'.repeat(1_000_000)}(${')--------'.repeat(100_000)}`,
  'half a million unreadable characters': () => `y = t ${'@ '.repeat(490_000)}`,
  'a million invisible characters': () => `y = t ${'\u200b '.repeat(1_000_000)}`,
  'half a million foreign letters': () => `y = t\n${'р '.repeat(490_000)}`,
  'half a million percent signs': () => '%\n'.repeat(240_000),
  'half a million quotes': () => `y = t\n${'" '.repeat(490_000)}`,
  'half a million backticks': () => '`\n'.repeat(490_000),
  'half a million words else': () => `y = t\n${'else\n'.repeat(240_000)}`,
  'half a million commas': () => `y = max(${','.repeat(490_000)})`,
  'brackets a hundred thousand deep': () => `y = ${'('.repeat(100_000)}1${')'.repeat(100_000)}`,
  'square brackets a hundred thousand deep': () => `y = a${'['.repeat(100_000)}1${']'.repeat(100_000)}`,
  'braces a hundred thousand deep': () => `y = t\n${'{'.repeat(100_000)}${'}'.repeat(100_000)}`,
  'calls a hundred thousand deep': () => `y = ${'exp('.repeat(100_000)}1${')'.repeat(100_000)}`,
  'signs a hundred thousand deep': () => `y = ${'-'.repeat(100_000)}t`,
  'negations a hundred thousand deep': () => `y = ${'!'.repeat(100_000)}t`,
  'powers a hundred thousand deep': () => `y = ${'2^'.repeat(100_000)}t`,
  'if a hundred thousand deep': () => `${'if(t)'.repeat(100_000)}y=1`,
  'blocks of if a hundred thousand deep': () => `${'if(t){'.repeat(80_000)}y=1${'}'.repeat(80_000)}`,
  'else a hundred thousand deep': () => `${'if(t)y=1 else '.repeat(55_000)}y=2`,
  'else with blocks, deep': () => `${'if(t){y=1}else{'.repeat(40_000)}y=2${'}'.repeat(40_000)}`,
  'ini a hundred thousand deep': () => 'ini({'.repeat(100_000),
  'functions a hundred thousand deep': () => 'f <- function(){'.repeat(60_000),
  'metadata a hundred thousand brackets deep': () => withMetadata(`a <- ${'('.repeat(100_000)}${')'.repeat(100_000)}`),
  'metadata of brackets of three kinds, deep': () =>
    withMetadata(`a <- ${'({['.repeat(50_000)}${']})'.repeat(50_000)}`),
  'metadata of lists in lists': () => withMetadata(`a <- ${'list(b='.repeat(80_000)}1${')'.repeat(80_000)}`),
  'metadata of pastes in pastes': () =>
    withMetadata(`description <- ${'paste('.repeat(80_000)}"a"${')'.repeat(80_000)}`),
  'metadata that is not closed, deep': () => withMetadata(`a <- ${'c(['.repeat(100_000)}`),
  'metadata of two million': () => withMetadata(`reference <- "${'x'.repeat(2_000_000)}"`),
  'metadata of a hundred thousand lines': () => withMetadata(pieces(100_000, (i) => `a${i} <- ${i}`)),
  'metadata of a hundred thousand units': () =>
    withMetadata(`units <- list(${pieces(100_000, (i) => `a${i} = "x"`, ',')})`),
  'metadata pasted from two hundred thousand': () =>
    withMetadata(`description <- paste(${pieces(200_000, () => '"x"', ',')})`),
  'metadata of a hundred thousand covariates': () =>
    published('', 'y = t*a1', `covariateData <- list(${pieces(40_000, (i) => `a${i} = list(units = "kg")`, ',')})`),
  'a hundred thousand lines after the model': () => `${withIni('a=1')}${pieces(100_000, (i) => `b${i} <- 1`)}`,
  'a hundred thousand libraries': () => `${'library(a)\n'.repeat(99_000)}y=t`,
  'a model of half a million letters in a string': () => `rxode2("${'a=t;'.repeat(120_000)}")`,
  'a sum of 240,000': () => `y = ${'t+'.repeat(240_000)}t`,
  'a sum of half a million': () => `y = ${'t+'.repeat(500_000)}t`,
  'a product of 240,000': () => `d/dt(x) = ${'x*'.repeat(240_000)}1`,
  'a quotient of 240,000': () => `d/dt(x) = 1${'/x'.repeat(240_000)}`,
  'a chain of and': () => `y = ${'t&'.repeat(240_000)}t`,
  'a chain of or over comparisons': () => `y = ${pieces(60_000, (i) => `(t*t<${i})`, '|')}`,
  'a maximum of a hundred thousand': () => `y = max(${pieces(100_000, (i) => `t*${i}`, ',')})`,
  'a sum of a hundred thousand products': () => `d/dt(x) = ${pieces(100_000, (i) => `x*${i}`, '+')}`,
  'brackets side by side': () => `y=${'(t)*'.repeat(120_000)}1`,
  'choices in choices': () => `y = ${'ifelse(t,1,'.repeat(250)}2${')'.repeat(250)}`,
  'choices that each need the last': () => `a=t\n${pieces(25_000, (i) => `a=ifelse(t<${i},a,1)`)}`,
  'squares of squares': () => `s=x\n${'s=s*s\n'.repeat(80_000)}d/dt(x)=s`,
  'values that grow like rabbits': () => `a=x\nb=t\n${'c=a+b;a=b*c;b=c\n'.repeat(30_000)}d/dt(x)=b`,
  'a state assigned from itself again and again': () => `d/dt(x)=t\n${'d/dt(x)=d/dt(x)+t\n'.repeat(25_000)}`,
  'a property given again and again': () => `d/dt(x)=t\n${'f(x)=1\n'.repeat(70_000)}`,
  'derivatives by hand without end': () => `d/dt(x)=t\n${'df(x)/dy(x)=1\n'.repeat(30_000)}`,
  'times of change without end': () => `d/dt(x)=t\n${pieces(60_000, (i) => `mtime(a${i})=${i}`)}`,
  'transit without end': () => `d/dt(x)=${pieces(20_000, (i) => `transit(${i},p)`, '+')}`,
  'dose functions of two thousand states': () =>
    `${states(2000, () => 't')}\ny = ${pieces(60_000, (i) => `tad(x${i % 2000})`, '+')}`,
  'dose functions of unknown states': () =>
    `${states(2000, () => 't')}\ny = ${pieces(60_000, (i) => `tad(y${i})`, '+')}`,
  'derivatives of unknown states': () => `${states(2000, () => 't')}\ny = ${pieces(50_000, (i) => `d/dt(z${i})`, '+')}`,
  'starts of unknown states': () => `${states(2000, () => 't')}\n${pieces(80_000, (i) => `z${i}(0)=1`)}`,
  'functions that are unknown': () => `y = ${pieces(100_000, (i) => `log${i}()`, '+')}`,
  'inputs without end': () => pieces(60_000, (i) => `x${i}=a${i}*t`),
  'inputs with long names without end': () => pieces(4900, (i) => `${'x'.repeat(50)}${i}=${'a'.repeat(50)}${i}*t`),
  'names used before they are assigned': () => pieces(10_000, (i) => `x${i}=x${i + 1}*t`),
  'inputs in one sum': () => `y = ${names(200_000, 'a')}`,
  'names that are hardly different': () =>
    pieces(4000, (i) => `${'ab'.repeat(28)}${i + 10_000}=q${'ba'.repeat(28)}${i + 10_000}*t`),
  'names of 64 letters without end': () => pieces(7000, (i) => `${'x'.repeat(58)}${i}=t`),
  'states up to the limit': () => states(2000, (i) => `x${(i + 1) % 2000}-x${i}`),
  'states beyond the limit': () => states(60_000, () => 't'),
  'states that each need all': () => `s = ${names(1000, 'x')}\n${states(1000, (i) => `-x${i}*s`)}`,
  'powers of every pair of states': () => states(150, (i) => pieces(150, (j) => `x${j}^x${(i + j) % 150}`, '+')),
  'derivatives of twenty derivatives': () =>
    states(2000, (i) => pieces(20, (j) => (i > j ? `d/dt(x${i - j - 1})` : 't'), '+')),
  'compartments in the other order': () =>
    `${pieces(2000, (i) => `cmt(c${i})`)}\n${pieces(2000, (i) => `d/dt(c${1999 - i})=-c${i}`)}`,
  'compartments named again and again': () =>
    `b=t\n${pieces(30_000, (i) => `a${i}~pois(b)`)}\n${'cmt(b)\n'.repeat(30_000)}`,
  'many states under many conditions': () =>
    `${states(1000, (i) => `-x${i}`)}\n${pieces(900, (i) => `if (x${i}>${i}) {${pieces(5, (j) => `a${j}=x${i}`, ';')}}`)}`,
  'conditions on a value of all states': () =>
    `${states(2000, (i) => `-x${i}*k`)}\n${pieces(300, (i) => `if (x${i}>1) {k=${i}} else {k=t}`)}`,
  'conditions inside each other on states': () =>
    `${pieces(200, (i) => `if (x${i}>1) {`)}k=1${'}'.repeat(200)}\n${states(200, (i) => `-x${i}*k`)}`,
  'if that gives a name each': () => pieces(60_000, (i) => `if(t)b${i}=1`),
  'else if of 5,000': () => pieces(5000, (i) => `if(t*t>${i})b=${i}`, ' else '),
  'else if of 5,000 times': () => `${pieces(5000, (i) => `if(t>${i})b=${i}`, ' else ')}\nd/dt(x)=b`,
  'else if that gives a name each': () => pieces(50_000, (i) => `if(0)b${i}=1`, ' else '),
  'else if of a name each, on states': () => `d/dt(x)=t\n${pieces(1500, (i) => `if(x>${i})b${i}=${i}`, ' else ')}`,
  'nested if around a hundred thousand names': () => `${'if(1)'.repeat(250)}{${pieces(100_000, (i) => `a${i}=1`)}}`,
  'nested if before half a million line ends': () => `${'if(a)'.repeat(250)}x=1${'\n'.repeat(490_000)}`,
  'nested if around 240,000 names read': () => `${'if(a)'.repeat(250)}{y=${'p+'.repeat(240_000)}1}`,
  'switches in time without end': () => pieces(50_000, (i) => `if(t<${i})a=1`),
  'switches on a long sum in time': () => `s=t\n${'s=s+p\n'.repeat(20_000)}${pieces(20_000, (i) => `a=s<${i}`)}`,
  'comparisons with a long sum that is no line': () =>
    `s=t*t\n${'s=s+p\n'.repeat(20_000)}${pieces(20_000, (i) => `a=s<${i}`)}`,
  'ten thousand levels': () => `y = ${pieces(10_000, (i) => `(S=="a${i}")`, '|')}`,
  'seventy thousand levels': () => `y = ${pieces(70_000, (i) => `(S=="a${i}")`, '|')}`,
  'levels that are none, beside many that are': () =>
    `levels(S) <- c(${pieces(60_000, (i) => `"a${i}"`, ',')})\ny = ${pieces(50_000, (i) => `(S=="b${i}")`, '|')}`,
  'a level of 700,000 letters that is none': () =>
    `levels(S) <- "${'a'.repeat(700_000)}"\ny = S=="${'b'.repeat(700_000)}"`,
  'dvid of two hundred thousand': () => `y=t\ndvid(${pieces(200_000, (i) => `${i + 1}`, ',')})`,
  'param of two hundred thousand': () => `y=t\nparam(${pieces(200_000, (i) => `p${i}`, ',')})`,
  'parameters up to the limit': () =>
    `${pieces(4990, (i) => `p${i}=${i}`)}\nd/dt(x) = ${pieces(4990, (i) => `p${i}*x`, '+')}`,
  'parameters beyond the limit': () => withIni(pieces(120_000, (i) => `a${i}=1`)),
  'a hundred thousand labels': () => withIni(`a=1\n${'label("x")\n'.repeat(90_000)}`),
  'a hundred thousand back-transforms': () => withIni(`a=1\n${'backTransform("exp")\n'.repeat(90_000)}`),
  'a parameter of 240,000 numbers': () => withIni(`a = c(${pieces(240_000, () => '1', ',')})`),
  'a constant of 240,000 arguments': () => withIni(`a = max(${pieces(240_000, () => '1', ',')})`),
  'a long list multiplied a hundred thousand times': () =>
    withIni(`a = c(${pieces(1000, () => '1', ',')})${'*1'.repeat(100_000)}`),
  'a long list that grows with every sign': () =>
    withIni(`a = c(${pieces(100_000, () => '1', ',')})${'+1'.repeat(100_000)}`),
  'lists in lists in ini': () => withIni(`a = ${'c('.repeat(250)}1${')'.repeat(250)}`),
  'a random effect on each of 5,000 lines': () => withIni(pieces(5000, (i) => `e${i} ~ 0.1`)),
  'a wrong covariance on each of 5,000 lines': () => withIni(pieces(5000, (i) => `e${i} ~ c(0.01, 1)`)),
  'a block of 600 line by line': () =>
    withIni(pieces(600, (i) => `e${i} ~ c(${pieces(i + 1, (j) => (j === i ? '1' : '0'), ',')})`)),
  'a block of 690': () => withIni(`${names(690, 'e')} ~ c(${triangle(690, 0)})`),
  'a factor of 690': () => withIni(`${names(690, 'e')} ~ chol(c(${triangle(690, 0)}))`),
  'a block of 690 correlations that are none': () => withIni(`${names(690, 'e')} ~ sd(cor(c(${triangle(690, 2)})))`),
  'a block of 690 covariances that are none': () => withIni(`${names(690, 'e')} ~ c(${triangle(690, 2)})`),
  'a block of 10,000 names': () => withIni(`${names(10_000, 'e')} ~ 1`),
  'sixty thousand endpoints': () => `${pieces(60_000, (i) => `a${i}~pois(1)`)}\ny=t`,
  '2,000 residual errors of nothing': () => published('a=1', `y=t\n${pieces(2000, (i) => `z${i} ~ add(a)`)}`),
  'a residual error of ninety thousand terms': () => published('a=1', `y=t\ny ~ ${'add(a)+'.repeat(90_000)}prop(a)`),
  'units of powers without end': () => states(2000, (i) => `-k${i}*x${i} # [1/day^${i}] a`),
  'a unit of half a million words': () => `p = 1 # [${'a*'.repeat(500_000)}]\ny = p*t`,
  'a unit of half a million brackets': () => `p = 1 # [${'('.repeat(500_000)}]\ny = p*t`,
  'a unit of a hundred thousand powers': () => `p = 1 # [m${'^2'.repeat(100_000)}]\ny = p*t`,
  'a product of 200,000 quantities with units': () => `p = 1 # [1/day] a\ny=${'p*'.repeat(200_000)}p`,
}

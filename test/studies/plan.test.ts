import { readFileSync } from 'node:fs'
import { InputError, parsePlan, parseTimes, planPath, shippedPlans } from '@cartkin/studies'
import { describe, expect, it } from 'vitest'

const head = 'name: a\ntitle: A\nsteps:\n'
const course = '  - { kind: simulate, name: course, model: m.txt, times: "0:1:1" }\n'

describe('times', () => {
  it.each([
    ['-5:-4:0.25', [-5, -4.75, -4.5, -4.25, -4]],
    ['0:3', [0, 1, 2, 3]],
    ['28,0,7,7', [0, 7, 28]],
    ['0:2:1,1.5', [0, 1, 1.5, 2]],
  ])('%s', (text, times) => expect([...parseTimes(text)]).toEqual(times))

  it.each(['', '0:', ':1', '0:1:1:1', 'a', '0:1:0', '1:0', '0,,1', '0:1:-1', 'Infinity', '0x1'])(
    '%j is refused',
    (text) => expect(() => parseTimes(text)).toThrow(RangeError),
  )
})

describe('a plan', () => {
  it.each(shippedPlans)('%s that is shipped can be read', (name) => {
    const path = planPath(name, '/')
    expect(parsePlan(readFileSync(path, 'utf8'), name).name).toBe(name)
  })

  it('takes JSON too, and fills in what may be left out', () => {
    const plan = parsePlan(
      JSON.stringify({ name: 'a', title: 'A', steps: [{ kind: 'targets', name: 't', models: ['lupus'] }] }),
      'p',
    )
    expect(plan).toEqual({
      name: 'a',
      title: 'A',
      summary: '',
      seed: 1,
      solver: {},
      steps: [{ kind: 'targets', name: 't', models: ['lupus'] }],
    })
  })

  it.each([
    ['not YAML', 'name: [', /^p\.yaml:1:\d+: /],
    ['a key twice', 'name: a\nname: b\n', /^p\.yaml:2:1: .*unique/],
    ['an unknown key', `nam: a\n${head}${course}`, /^p\.yaml:1:1: .*nam/],
    [
      'a name that leads elsewhere',
      `${head}${course.replace('course', '../course')}`,
      /^p\.yaml:4:29: steps\.0\.name: expected a name of lower-case letters/,
    ],
    [
      'times that run backwards',
      `${head}${course.replace('0:1:1', '1:0:1')}`,
      /^p\.yaml:4:\d+: steps\.0\.times: times must run/,
    ],
    ['an unknown kind', `${head}${course.replace('simulate', 'simulat')}`, /^p\.yaml:4:\d+: steps\.0/],
    [
      'text for a number',
      `${head}${course.replace('}', ', start: soon }')}`,
      /^p\.yaml:4:\d+: steps\.0\.start: .*expected number/,
    ],
    [
      'two steps of one name',
      `${head}${course}${course}`,
      /^p\.yaml:5:\d+: steps\.1\.name: a step is already named course/,
    ],
    [
      'a report of nothing',
      `${head}${course}  - { kind: report, sections: [{ title: T, of: curse }] }\n`,
      /^p\.yaml:5:\d+: steps\.1\.sections\.0\.of: no step before this one is named curse/,
    ],
    [
      'cohort figures without a cohort',
      `${head}  - { kind: targets, name: t, models: [lupus_vpop] }\n`,
      /^p\.yaml:4:\d+: steps\.0\.models: lupus_vpop needs/,
    ],
    ['no steps', 'name: a\ntitle: A\nsteps: []\n', /^p\.yaml:3:8: steps: /],
  ])('with %s is refused with the place', (_, text, message) => {
    const failure = (() => {
      try {
        return parsePlan(text, 'p.yaml')
      } catch (error) {
        return error
      }
    })()
    expect(failure).toBeInstanceOf(InputError)
    expect(String(failure instanceof Error ? failure.message : failure)).toMatch(message)
  })

  it('does not let aliases blow up', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefghi'.split('').map((k, i) => `${k}: &${k} [${Array(9).fill(`*${'abcdefgh'[i]}`)}]`),
    ].join('\n')
    expect(() => parsePlan(bomb, 'p.yaml')).toThrow()
  })
})

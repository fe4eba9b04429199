import type { Plugin } from 'vite'

/** A module whose code the build writes. */
export function writtenModule(name: string, code: () => string): Plugin {
  return {
    name,
    resolveId: (id) => (id === name ? `\0${name}` : null),
    load: (id) => (id === `\0${name}` ? code() : null),
  }
}

/** A module of constants that are worked out by the build. */
export function constantsModule(name: string, constants: () => Readonly<Record<string, unknown>>): Plugin {
  return writtenModule(name, () =>
    Object.entries(constants())
      .map(([key, value]) => `export const ${key} = ${JSON.stringify(value)}`)
      .join('\n'),
  )
}

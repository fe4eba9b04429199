const guarded = [
  ...[Object, Array, Function, Map, Set, String, Number, RegExp, Promise, Error, Float64Array].map(
    (of) => of.prototype,
  ),
  ...[Object, Array, Math, JSON, Reflect, process, globalThis],
]

/** The names of everything that no text may add to or take from. */
export function guardedKeys(): string {
  return guarded.map((of) => Reflect.ownKeys(of).map(String).join()).join('\n')
}

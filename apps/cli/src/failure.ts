/** The command line asks for something that does not exist or does not go together: exit code 2. */
export class Misuse extends Error {
  override readonly name = 'Misuse'
}

/** Something that was read cannot be used: exit code 3. The message begins with `file:line:column:` where there is a place. */
export class BadInput extends Error {
  override readonly name = 'BadInput'
}

/** The user stopped the command: exit code 5. */
export class Stopped extends Error {
  override readonly name = 'Stopped'
}

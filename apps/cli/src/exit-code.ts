/** How the command ends. */
export const exitCode = { ok: 0, misuse: 2, badInput: 3, partialFailure: 4, stopped: 5 } as const
export type ExitCode = (typeof exitCode)[keyof typeof exitCode]

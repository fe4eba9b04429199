/** A compiled module; can be posted to workers. */
export type KernelModule = object & { readonly compiled?: never }

/** The functions of a kernel; see `Kernel`. */
export interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer }
  readonly prologue: (unused: number) => void
  readonly attempt: (flags: number) => void
  readonly slope: () => void
  readonly dense: () => void
  readonly march?: (flags: number) => void
  readonly sample?: () => void
  readonly stiffness?: () => void
  readonly tangents?: (isFirst: number) => void
  readonly denseTangents?: () => void
  readonly tangentError?: () => void
  readonly tangentStiffness?: () => void
}

interface Engine {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => KernelModule
  readonly Instance: new <Exports>(module: KernelModule) => { readonly exports: Exports }
}

declare const WebAssembly: Engine | undefined

/** The module of a kernel; undefined where the engine has no WebAssembly, or not its vectors, or forbids it. */
export function compileKernel(bytes: Uint8Array<ArrayBuffer>): KernelModule | undefined {
  if (typeof WebAssembly === 'undefined') return undefined
  try {
    return new WebAssembly.Module(bytes)
  } catch {
    return undefined
  }
}

/** A running copy of a module, with its own memory. */
export function instantiateKernel<Exports = KernelExports>(module: KernelModule): Exports {
  if (typeof WebAssembly === 'undefined') throw new Error('this engine has no WebAssembly')
  return new WebAssembly.Instance<Exports>(module).exports
}

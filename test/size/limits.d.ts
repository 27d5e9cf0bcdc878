/** Bytes in a KB. */
export const KB: number
export interface SizeLimit {
  readonly subpath: string
  /** What is imported from it. */
  readonly names: string
  /** In KB. */
  readonly limit: number
}
export const LIMITS: readonly SizeLimit[]
/** `installed` is the folder of the installed package, `scratch` one to write into. `size` is in bytes. */
export function measure(installed: string, scratch: string): Promise<readonly (SizeLimit & { readonly size: number })[]>

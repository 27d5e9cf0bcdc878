import type { Options } from 'tsup'

export type EsbuildPlugin = NonNullable<Options['esbuildPlugins']>[number]
export type TsupPlugin = NonNullable<Options['plugins']>[number]

/** Of the two builds, is it the one for `require`? */
export function isCommonJs(options: { readonly outExtension?: Record<string, string> }): boolean {
  return options.outExtension?.['.js'] === '.cjs'
}

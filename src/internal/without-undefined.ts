/**
 * Members that are undefined count as absent, as callers with optional values expect.
 *
 * @module
 */

export function withoutUndefined<T extends object>(value: T): { [Name in keyof T]: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as {
    [Name in keyof T]: Exclude<T[Name], undefined>
  }
}

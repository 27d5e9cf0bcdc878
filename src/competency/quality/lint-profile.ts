/**
 * What is odd about a profile that could be read: checks that nobody has, settings that they do not take, sources that nobody can look up.
 *
 * @module
 */

import { pointer } from '../../internal/json-pointer.js'
import { nearest, sentenceOf } from '../../internal/members.js'
import { onDemand } from '../../internal/on-demand.js'
import type { QualityCheck, QualityProfile, QualityProfileCheck, QualityProfileFinding } from './types.js'

/** Who uses no profile loads no checks. */
export const loadChecks: () => Promise<ReadonlyMap<string, QualityCheck>> = onDemand(
  async () => (await import('./all-checks.js')).ALL_CHECKS,
)

/** The check that a row names: the caller's own go first. */
export function checkBy(
  id: string,
  all: ReadonlyMap<string, QualityCheck>,
  own: Readonly<Record<string, QualityCheck>>,
): QualityCheck | undefined {
  return Object.hasOwn(own, id) ? own[id] : all.get(id)
}

/** Errors and warnings in the order of the profile. */
export function profileFindings(
  profile: QualityProfile,
  all: ReadonlyMap<string, QualityCheck>,
  own: Readonly<Record<string, QualityCheck>>,
): QualityProfileFinding[] {
  const seen = new Map<string, number>()
  const rows = profile.checks.flatMap((row, index) => {
    const key = JSON.stringify([row.check, row.settings ?? {}])
    const before = seen.get(key)
    seen.set(key, before ?? index)
    const twice = finding('profile.twice', 'warning', `/checks/${index}`, `asks what /checks/${before} asks`)
    return [...rowFindings(row, index, all, own), ...(before === undefined ? [] : [twice])]
  })
  const used = new Set(profile.checks.map(({ source }) => source))
  const sources = Object.entries(profile.sources).flatMap(([name, { url }]) => {
    const place = pointer('/sources', name)
    return [
      ...(used.has(name) ? [] : [finding('profile.unused_source', 'warning', place, `no check names "${name}"`)]),
      ...(url === undefined
        ? [finding('profile.source_without_url', 'warning', place, `nobody can look up "${name}": it has no "url"`)]
        : []),
    ]
  })
  const required = profile.checks.some(({ weight }) => weight === 'required')
    ? []
    : [finding('profile.nothing_required', 'warning', '/checks', 'nothing is required, so that every badge is ready')]
  return [...sources, ...required, ...rows]
}

function rowFindings(
  { check: id, settings = {} }: QualityProfileCheck,
  index: number,
  all: ReadonlyMap<string, QualityCheck>,
  own: Readonly<Record<string, QualityCheck>>,
): QualityProfileFinding[] {
  const check = checkBy(id, all, own)
  if (check === undefined) {
    const meant = nearest(id, [...Object.keys(own), ...all.keys()])
    const wayOut = meant === undefined ? 'give it in "checks"' : `did you mean "${meant}"?`
    return [finding('profile.unknown_check', 'error', `/checks/${index}/check`, `there is no check "${id}": ${wayOut}`)]
  }
  const names = Object.keys(settings)
  if (check.settings === undefined)
    return names.map((name) =>
      finding('profile.settings', 'error', pointer(`/checks/${index}/settings`, name), `"${id}" takes no settings`),
    )
  const problem = check.settings(settings, 'settings')
  if (problem === undefined) return []
  const place = problem.path.split(/[.[\]]+/).filter((token) => token !== '')
  return [
    finding(
      'profile.settings',
      'error',
      place.reduce<string>((base, token) => pointer(base, token), `/checks/${index}`),
      `"${id}": ${sentenceOf(problem)}`,
    ),
  ]
}

function finding(
  code: QualityProfileFinding['code'],
  severity: QualityProfileFinding['severity'],
  place: string,
  message: string,
): QualityProfileFinding {
  return { code, severity, pointer: place, message }
}

/**
 * What a badge says of itself, for people. Nothing here has been verified, and the first line says so.
 *
 * @module
 */

import type { DecodedCredential } from '../entries/index.js'
import { isObject, listOf, MAX_DEPTH } from '../internal/json-object.js'
import type { Json, JsonObject } from '../internal/types.js'
import { textOf } from '../model/text.js'
import { decodeJws, isJwsFault } from '../proof/jws.js'
import { printable } from './printable.js'
import type { Style } from './style.js'
import { rows } from './table.js'

type Row = readonly [label: string, text: string]

/** Longer texts are for `--json`. */
const TEXT_LENGTH = 400
const LIST_LENGTH = 10

/** `name` is printable already. */
export function credentialLines(name: string, decoded: DecodedCredential, style: Style): string[] {
  const { container, version } = decoded
  const credential = decoded.unverified as unknown as JsonObject
  const list: Row[] = [
    ['in', `${container.toUpperCase()}, Verifiable Credentials Data Model ${version}`],
    ...row('name', credential.name),
    ['type', all(credential.type)],
    ...row('id', credential.id),
    ...row('issuer', party(credential.issuer)),
    ...objects(credential.credentialSubject).flatMap(subjectRows),
    ...row('valid from', credential.validFrom),
    ...row('valid until', credential.validUntil),
    ...objects(credential.evidence)
      .slice(0, LIST_LENGTH)
      .flatMap((each) => row('evidence', each.id ?? each.name ?? each.narrative)),
    ...objects(credential.credentialStatus).flatMap((each) =>
      row(
        'status',
        [all(each.type), text(each.statusPurpose), text(each.statusListCredential)].filter(Boolean).join(' '),
      ),
    ),
    ...objects(credential.refreshService).flatMap((each) => row('refresh', each.id)),
    ...proofRows(decoded),
  ]
  return [
    `${style.bold(name)}: ${style.bold(style.yellow('NOT VERIFIED'))}, this is only what the file says of itself`,
    '',
    ...rows(
      list.map(([label, value]) => [`  ${label}`, value]),
      style.dim,
    ),
  ]
}

function subjectRows(subject: JsonObject): Row[] {
  const [achievement = {}] = objects(subject.achievement)
  return [
    ...row('achievement', achievement.name),
    ...row('  kind', achievement.achievementType),
    ...row('  id', achievement.id),
    ...row('  description', achievement.description),
    ...objects(achievement.criteria).flatMap((each) => row('  criteria', each.narrative ?? each.id)),
    ...objects(achievement.alignment)
      .slice(0, LIST_LENGTH)
      .flatMap((each) => row('  aligned to', [text(each.targetName), text(each.targetUrl)].filter(Boolean).join(' '))),
    ...row('recipient', subject.id),
    ...objects(subject.identifier).flatMap(identityRows),
    ...objects(subject.result)
      .slice(0, LIST_LENGTH)
      .flatMap((each) => row('result', resultText(each, achievement))),
    ...row('narrative', subject.narrative),
  ]
}

function identityRows({ identityHash, identityType, hashed }: JsonObject): Row[] {
  return row('recipient', `${text(identityType)} ${hashed === true ? '(hashed) ' : ''}${text(identityHash)}`)
}

/** The level and the description by their names, where the achievement has them. */
function resultText({ resultDescription, achievedLevel, value, status }: JsonObject, achievement: JsonObject): string {
  const description = objects(achievement.resultDescription).find(({ id }) => id === resultDescription)
  const level = objects(description?.rubricCriterionLevel).find(({ id }) => id === achievedLevel)
  const what = text(description?.name) || text(resultDescription)
  return [what === '' ? '' : `${what}:`, text(level?.name) || text(achievedLevel), text(value), text(status)]
    .filter(Boolean)
    .join(' ')
}

function proofRows({ secured, unverified }: DecodedCredential): Row[] {
  if (typeof secured === 'string') {
    const jws = decodeJws(secured, { maxDepth: MAX_DEPTH })
    return isJwsFault(jws)
      ? []
      : [['signed as', `JWT ${text(jws.header.alg)}, key ${text(jws.header.kid) || '(not named)'}`]]
  }
  const proofs = objects((secured as unknown as JsonObject).proof ?? (unverified as unknown as JsonObject).proof)
  if (proofs.length === 0) return [['signed as', 'not signed']]
  return proofs.flatMap(({ type, cryptosuite, verificationMethod, created }) =>
    row(
      'signed as',
      `${text(cryptosuite) || text(type)}, key ${text(verificationMethod)}${created === undefined ? '' : `, ${text(created)}`}`,
    ),
  )
}

function party(value: Json | undefined): string {
  const [profile] = objects(value)
  if (profile === undefined) return text(value)
  return profile.name === undefined ? text(profile.id) : `${text(profile.name)} (${text(profile.id)})`
}

/** Nothing where there is nothing to say. */
function row(label: string, value: Json | undefined): Row[] {
  const shown = text(value)
  return shown === '' ? [] : [[label, shown]]
}

function text(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  const said = typeof value === 'object' ? (textOf(value) ?? JSON.stringify(value)) : String(value)
  return printable(said, TEXT_LENGTH)
}

function all(value: Json | undefined): string {
  return [value ?? []]
    .flat()
    .map((each) => text(each))
    .join(', ')
}

function objects(value: Json | undefined): readonly JsonObject[] {
  return listOf(value).filter(isObject)
}

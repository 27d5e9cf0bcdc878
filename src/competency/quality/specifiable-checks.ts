/**
 * Checks of what a badge is for: can others ask for it?
 *
 * @module
 */
import { parsePointer, resolvePointer } from '../../internal/json-pointer.js'
import { arrayOf, type Kind, number, shape, text } from '../../internal/members.js'
import type { Json, JsonObject } from '../../internal/types.js'
import { readExtension } from '../../model/extension-context.js'
import type { Alignment, Profile } from '../../model/types.js'
import { canonicalUri } from '../identifiers.js'
import { answer, at, isBlank, ofExtension, quoted, without } from './answers.js'
import type { QualityAnswer, QualityCheck, QualitySubject } from './types.js'

/** Kinds of targets that are no competency (Open Badges 3.0, AlignmentTargetType). */
const OTHER_TARGETS: readonly string[] = [
  'ceterms:Credential',
  'CFRubric',
  'CFRubricCriterion',
  'CFRubricCriterionLevel',
  'CTDL',
]
/** Where edubadges and others put the level: a term of their own. */
const LEVEL_TYPES = ['ext:EQFLevel', 'ext:QFEHEALevel', 'ext:NLQFLevel', 'ext:QualificationLevel']
const LEVEL_SETTINGS = { targetTypes: arrayOf(text) }
const FIELD_SETTINGS = { at: arrayOf(text) }

interface WorkloadSettings {
  readonly leastHours?: number
  readonly mostHours?: number
  readonly mostEcts?: number
}
const workloadSettings: Kind = shape<WorkloadSettings>({ leastHours: number, mostHours: number, mostEcts: number })

export const SPECIFIABLE_CHECKS: Readonly<Record<string, QualityCheck>> = {
  'field.absent': {
    asks: 'Is there something in the field?',
    mend: 'Fill one of the fields.',
    settings: (value, path) =>
      shape(FIELD_SETTINGS, { required: ['at'] })(value, path) ??
      ((value as { at: readonly string[] }).at.every((one) => parsePointer(one) !== undefined)
        ? undefined
        : {
            path: `${path}.at`,
            says: 'has JSON pointers (RFC 6901) into the badge, such as "/credentialSubject/source"',
          }),
    judge: judgeField,
  },
  'specifiable.no_title': {
    asks: 'Does it have a title?',
    mend: 'Give the achievement a "name" that people ask for it by.',
    judge: ({ achievement: { name }, base }) =>
      isBlank(name)
        ? answer('not-met', at(`${base}/name`, 'its name is blank'))
        : answer('met', at(`${base}/name`, quoted(name))),
  },
  'specifiable.several_competencies': {
    asks: 'Is it about one competency?',
    mend: 'Award a badge for each, or align it to the one competency that the others are parts of.',
    judge: judgeSingle,
  },
  'specifiable.outcomes_not_stated': {
    asks: 'Are the learning outcomes stated in words?',
    mend: 'Say in "criteria.narrative", or in "description", what its holder can do.',
    judge: ({ achievement: { name, description, criteria }, base }) => {
      const says = (words: string | undefined) => !isBlank(words) && words?.trim() !== name.trim()
      if (says(criteria?.narrative)) return answer('met', at(`${base}/criteria/narrative`, 'stated in the criteria'))
      if (says(description)) return answer('met', at(`${base}/description`, 'stated in the description'))
      return answer(
        'not-met',
        at(`${base}/criteria/narrative`, 'neither criteria nor description say more than its name'),
      )
    },
  },
  'specifiable.no_language': {
    asks: 'Does it say in which language it is?',
    mend: 'Write "inLanguage", a tag of BCP 47 such as "en" or "pt-BR".',
    judge: ({ achievement: { inLanguage }, base }) =>
      isBlank(inLanguage)
        ? answer('not-met', at(`${base}/inLanguage`, 'it names no language'))
        : answer('met', at(`${base}/inLanguage`, quoted(inLanguage ?? ''))),
  },
  'specifiable.no_workload': {
    asks: 'Does it say how much work it is?',
    mend: 'Write "workload" of the extension context: { "hours": 15 }, { "ects": 0.5 }, or both.',
    settings: workloadSettings,
    judge: judgeWorkload,
  },
  'specifiable.no_qualification_level': {
    asks: 'Does it say at which level of a qualifications framework it is?',
    mend: 'Add an "alignment" to the level, with "targetType": "ext:EQFLevel" or another of the profile.',
    settings: shape(LEVEL_SETTINGS),
    judge: ({ achievement: { alignment = [] }, base }, { targetTypes = LEVEL_TYPES }) => {
      const wanted = targetTypes as readonly string[]
      const index = alignment.findIndex(({ targetType }) => targetType !== undefined && wanted.includes(targetType))
      return index < 0
        ? answer('not-met', at(`${base}/alignment`, `no alignment is of the type ${wanted.join(' or ')}`))
        : answer('met', at(`${base}/alignment/${index}`, quoted(alignment[index]?.targetName ?? '')))
    },
  },
  'specifiable.no_participation': {
    asks: 'Does it say how people take part?',
    mend: 'Write "participation" of the extension context: "online", "onsite", "blended", ...',
    judge: (subject) =>
      ofExtension(subject, 'participation', (value, place) => answer('met', at(place, value.join(', ')))),
  },
  'specifiable.needs_other_badges': {
    asks: 'Does it need no other badge of its issuer?',
    mend: 'Award it without the other badges, and write "integration": "standalone" of the extension context.',
    judge: judgeStandalone,
  },
}

function judgeField({ achievement, credential, base }: QualitySubject, settings: JsonObject): QualityAnswer {
  const pointers = settings.at as readonly string[]
  const isFilled = (value: Json | undefined) =>
    value !== undefined && value !== null && !(typeof value === 'string' && isBlank(value)) && !isEmpty(value)
  const inGiven = pointers.flatMap((place) => {
    if (credential !== undefined) return [[place, credential as unknown as Json] as const]
    const inside = ACHIEVEMENT_PLACE.exec(place)?.[1]
    return inside === undefined ? [] : [[inside, achievement as unknown as Json] as const]
  })
  const found = inGiven.find(([place, document]) => isFilled(resolvePointer(document, place)))
  if (found !== undefined) return answer('met', at(found[0], 'it is there'))
  if (inGiven.length < pointers.length)
    return answer('not-judged', at(base, 'an achievement does not say: give the badge'))
  return answer('not-met', ...inGiven.map(([place]) => at(place, 'there is nothing')))
}

const ACHIEVEMENT_PLACE = /^\/credentialSubject\/achievement(\/.*)$/
const isEmpty = (value: Json) => typeof value === 'object' && value !== null && Object.keys(value).length === 0

function judgeSingle({ achievement: { alignment = [] }, base }: QualitySubject): QualityAnswer {
  const named = alignment.flatMap((one, index) => (isCompetency(one) ? [{ one, index }] : []))
  const first = named[0]
  if (first === undefined) return answer('does-not-apply', at(`${base}/alignment`, 'it names no competency'))
  const others = named.filter(({ one }) => canonicalUri(one.targetUrl) !== canonicalUri(first.one.targetUrl))
  return without(
    others.map(({ one, index }) =>
      at(`${base}/alignment/${index}`, `besides ${quoted(first.one.targetName)} it is about ${quoted(one.targetName)}`),
    ),
    `${base}/alignment/${first.index}`,
    quoted(first.one.targetName),
  )
}

/** What says nothing of its kind may be one; levels of qualifications and other terms of an issuer's own are none. */
const isCompetency = ({ targetType }: Alignment) =>
  targetType === undefined || !(OTHER_TARGETS.includes(targetType) || targetType.startsWith('ext:'))

function judgeWorkload(subject: QualitySubject, settings: JsonObject): QualityAnswer {
  const { achievement, credential, base } = subject
  const { leastHours, mostHours, mostEcts } = settings as WorkloadSettings
  const stated = ofExtension(subject, 'workload', ({ hours, ects }, place) => {
    const said = [hours === undefined ? [] : [`${hours} hours`], ects === undefined ? [] : [`${ects} ECTS`]].flat()
    const faults = [
      hours !== undefined && leastHours !== undefined && hours < leastHours ? [`less than ${leastHours} hours`] : [],
      hours !== undefined && mostHours !== undefined && hours > mostHours ? [`more than ${mostHours} hours`] : [],
      ects !== undefined && mostEcts !== undefined && ects > mostEcts ? [`more than ${mostEcts} ECTS`] : [],
    ].flat()
    return without(
      faults.map((fault) => at(place, `${said.join(', ')}: ${fault}`)),
      place,
      said.join(', '),
    )
  })
  if (stated.status !== 'cannot-be-said') return stated
  const credits = [
    { pointer: `${base}/creditsAvailable`, value: achievement.creditsAvailable },
    { pointer: '/credentialSubject/creditsEarned', value: credential?.credentialSubject.creditsEarned },
  ].find(({ value }) => value !== undefined && value > 0)
  if (credits !== undefined)
    return answer(
      'cannot-be-said',
      at(credits.pointer, `${credits.value}, and no field says of what: hours, ECTS, or else`),
    )
  return answer('not-met', at(`${base}/creditsAvailable`, 'it states no credits'), ...stated.places)
}

function judgeStandalone(subject: QualitySubject): QualityAnswer {
  const { achievement, credential, base } = subject
  const asked = ofExtension(subject, 'prerequisite', (needed, place) => {
    const isOwn = ownIds(achievement.id, achievement.creator, credential?.issuer)
    const own = needed.filter(isOwn)
    return without(
      own.map((id) => at(place, `it needs ${id}, of the same issuer`)),
      place,
      'it needs badges of others alone',
    )
  })
  if (asked.status !== 'cannot-be-said') return asked
  const integration = readExtension(achievement, 'integration', credential?.['@context'])
  const place = `${base}/integration`
  if (integration?.value === 'standalone') return answer('met', at(place, 'standalone'))
  if (integration?.problem !== undefined) return answer('not-met', at(place, integration.problem))
  return answer('cannot-be-said', ...asked.places, at(place, 'it does not say that it stands alone'))
}

/** Ids at the host, or below the DID, of the achievement or of who made or issues it. */
function ownIds(id: string, creator: Profile | undefined, issuer: string | Profile | undefined) {
  const owners = [id, creator?.id, typeof issuer === 'string' ? issuer : issuer?.id]
  const homes = new Set(owners.flatMap((one) => (one === undefined ? [] : (homeOf(one) ?? []))))
  return (needed: string) => {
    const home = homeOf(needed)
    return home !== undefined && homes.has(home)
  }
}

/** The host of an http(s) URL or of a did:web; another DID itself. */
function homeOf(id: string): string | undefined {
  const web = /^(?:https?:\/\/(?:[^/?#@]*@)?|did:web:)([^/?#:]+)/i.exec(id)?.[1]
  return web?.toLowerCase() ?? /^did:[a-z0-9]+:[^/?#;]+/.exec(id)?.[0]
}

import {
  type OpenBadgeCredential,
  type ProfileInput,
  signCredential,
  type VerifiableCredentialV1,
} from '../../entries/index.js'
import type { Json, JsonObject } from '../../internal/types.js'
import { type AwardOptions, awardOf, completed } from '../award.js'
import { FIELDS } from '../batch/award-line.js'
import { checkBatchOptions, checkTableOptions, issueBatch } from '../batch/batch-command.js'
import { QUEUE } from '../batch/queue-place.js'
import { checkSubmission, submitBatch } from '../batch/submit-batch.js'
import { defineCommand, type Values } from '../command.js'
import { readJsonObject } from '../documents.js'
import { EXIT, type ExitCode } from '../exit.js'
import { misuse } from '../failure.js'
import { shownName } from '../files.js'
import { bakeInto, checkFormat, protect } from '../images.js'
import { issueAtDesk, issueTableAtDesk } from '../issuer/issue-at-desk.js'
import { printable } from '../printable.js'
import { readProfile } from '../profile-option.js'
import { checkResultOptions, credentialText, refuseToReplace, writeResult } from '../result-files.js'
import type { Session } from '../session.js'
import { contextsFor, controllerOf, LEGACY_SUITES, readSecuring, readSigner } from '../signing.js'

const OPTIONS = {
  data: {
    type: 'string',
    value: 'folder',
    description:
      'The issuer, as badgewright init made it: it remembers what it issued, and can revoke it. In place of --key and what else says who issues and how.',
  },
  key: { type: 'string', value: 'file', description: 'Your private key: JWK (see keygen), Multikey or PEM.' },
  achievement: {
    type: 'string',
    value: 'file',
    description: 'What was earned: an Achievement as JSON; with --data, the name or id of one in the folder will do.',
  },
  credential: {
    type: 'string',
    value: 'file',
    description: 'A whole credential that is not signed yet, as JSON. Options here take the place of what it says.',
  },
  batch: {
    type: 'string',
    value: 'file',
    description: 'Many awards: CSV with a header, or NDJSON (see below). --achievement may hold an array then.',
  },
  queue: {
    ...QUEUE,
    description: `With --batch: the awards become a batch that badgewright work issues, on as many machines as there are; no key is read. ${QUEUE.description}`,
  },
  'batch-id': {
    type: 'string',
    value: 'name',
    description:
      'With --queue: the name of the batch; submitted again under it, the same awards are the same batch. Default: a fresh one.',
  },
  'skip-invalid': {
    type: 'boolean',
    description: 'With --queue: pass over awards that are invalid. Default: one of them refuses the batch.',
  },
  recipient: {
    type: 'string',
    value: 'id',
    description: 'Who earned it: a DID or URL, an e-mail address (which is hashed), or type=value.',
  },
  name: {
    type: 'string',
    value: 'name',
    description: 'Their name, for the badge: everybody who sees it reads it. Default: it has none.',
  },
  'plain-email': { type: 'boolean', description: 'Write the address as it is: everybody who sees the badge sees it.' },
  issuer: {
    type: 'string',
    value: 'id',
    description: 'Who issues: a DID or URL, or a file with a Profile (JSON). Default: the owner of the key.',
  },
  'issuer-name': { type: 'string', value: 'name', description: 'The name to show for the issuer.' },
  'verification-method': {
    type: 'string',
    value: 'url',
    description: "The name of the key in the issuer's document. Default: what the key file says, or its did:key.",
  },
  'valid-from': { type: 'string', value: 'date', description: '2030-01-31, or a time with its offset. Default: now.' },
  'valid-until': {
    type: 'string',
    value: 'date',
    description: 'The last day (UTC) it counts, or a time. Default: no end.',
  },
  level: {
    type: 'string',
    value: 'level',
    multiple: true,
    description: "The level of the achievement's rubric that was reached, by name or id.",
  },
  evidence: { type: 'string', value: 'url', multiple: true, description: 'Where the work can be seen.' },
  narrative: { type: 'string', value: 'text', description: 'How it was earned, in Markdown.' },
  award: {
    type: 'string',
    value: 'id',
    description: 'With --data: your own id of the award. Issued again, it gives the same badge. Default: a fresh one.',
  },
  by: {
    type: 'string',
    value: 'name',
    description: 'With --data: who awards it, for the trail. Default: your account.',
  },
  id: { type: 'string', value: 'url', description: 'The id of the badge. Default: a fresh urn:uuid.' },
  format: {
    type: 'string',
    choices: ['embedded', 'jwt'],
    default: 'embedded',
    description: 'JSON with the proof inside, or a JWT.',
  },
  suite: { type: 'string', value: 'name', description: 'The cryptosuite of an embedded proof. Default: by the key.' },
  'legacy-suite': {
    type: 'string',
    choices: Object.keys(LEGACY_SUITES) as (keyof typeof LEGACY_SUITES)[],
    description: 'A suite from before DataIntegrityProof, for verifiers that know nothing newer. Its context is added.',
  },
  'jwt-shape': {
    type: 'string',
    sets: 'jwt',
    choices: ['open-badges', 'vc+jwt', 'vc-claim'],
    description:
      'What a JWT holds: as Open Badges 3.0 says (default), the bare credential (VC-JOSE-COSE), or a "vc" claim (VCDM 1.1 readers).',
  },
  image: { type: 'string', value: 'file', description: 'Bake the badge into this PNG or SVG.' },
  out: {
    type: 'string',
    value: 'file',
    description: 'Where the badge goes. Default: standard output. Of a batch: a folder, or one .ndjson file.',
  },
  force: { type: 'boolean', description: 'Replace a file that is there: it may hold the badge of somebody else.' },
  json: { type: 'boolean', description: 'Say what was written as JSON.' },
} as const

type Options = Values<typeof OPTIONS>

export const issue = defineCommand({
  name: 'issue',
  summary: 'sign a badge for somebody, and bake it',
  description: [
    'Makes an Open Badge of an achievement and a recipient, checks it against the data model, signs it, and with --image bakes it into a picture. What a strict verifier would refuse is never signed.',
    `With --batch each row of a CSV file (or line of NDJSON) is an award: ${Object.entries(FIELDS)
      .map(([name, what]) => `${name} (${what})`)
      .join(
        ', ',
      )}. Columns besides id and recipient may be left out; options hold for every award that does not say otherwise. A folder gets one file for each award, an .ndjson file one line, { "id": award, "credential": badge }. What fails is listed at the end and in failures.ndjson. Started again, it issues what is missing and nothing twice.`,
    'With --batch and --queue nothing is signed here: every award is judged, all that are invalid are told with their lines, and the others become a batch that badgewright work issues, on one machine or many.',
    'With --data the issuer remembers the award: the badge has a status, "badgewright revoke" takes it back, and the same --award gives the same badge.',
    'An achievement is a JSON file with name, description and criteria, for example { "id": "https://school.example/feedback", "name": "Giving Feedback", "description": "...", "criteria": { "narrative": "..." } }. Its "id" makes badges of the same achievement recognizable.',
  ],
  options: OPTIONS,
  examples: [
    {
      title: 'By an issuer that remembers it, and can take it back',
      line: 'issue --data my-issuer --recipient ada@example.org --name "Ada Example" --out ada.json',
    },
    {
      title: 'For an e-mail address, in a picture',
      line: 'issue --key issuer-key.json --issuer-name "Hill School" --achievement feedback.json --recipient ada@example.org --image badge.png --out ada.png',
    },
    {
      title: 'A whole year, in pictures',
      line: 'issue --key issuer-key.json --achievement feedback.json --batch awards.csv --image badge.png --out badges',
    },
  ],
  run: async ({ options: all }, session) => {
    if (all.queue !== undefined) {
      checkSubmission(all)
      return submitBatch({ ...all, queue: all.queue }, session)
    }
    for (const name of ['batch-id', 'skip-invalid'] as const)
      if (all[name] !== undefined && all[name] !== false) throw misuse(`--${name} is for --queue`)
    if (all.data !== undefined) return atFolder(all, all.data, session)
    const options = checkOptions(all, session)
    if (options.batch !== undefined) return issueBatch(options, options.batch, session)
    await refuseToReplace(options.out, options.force, session)
    const given = await readProfile(options.issuer, session)
    const isAward = options.achievement !== undefined
    const source = options.achievement ?? options.credential ?? ''
    const document = await readJsonObject(source, isAward ? 'an achievement' : 'a credential', session)
    const profile = given ?? (isAward ? undefined : profileIn(document))
    const method = options['verification-method']
    const signer = await readSigner(options.key, { method, issuer: profile?.id }, session)
    const name = options['issuer-name']
    const award: AwardOptions = {
      id: options.id,
      issuer: {
        id: controllerOf(signer.verificationMethod),
        ...profile,
        ...(name === undefined ? {} : { name }),
      },
      recipient: options.recipient,
      name: options.name,
      plainEmail: options['plain-email'],
      validFrom: options['valid-from'],
      validUntil: options['valid-until'],
      levels: options.level,
      evidence: options.evidence,
      narrative: options.narrative,
      contexts: contextsFor(options),
    }
    const file = shownName(source)
    const credential = await (isAward ? awardOf : completed)(file, document, award, session.now())
    const nameless = isAward ? namelessParts(document) : []
    if (nameless.length > 0)
      session.note(
        `note: ${printable(file)} gives no "id" to ${nameless.join(', ')}, so new ones were made: give them ids, so that badges of the same achievement and level are recognized`,
      )
    await sign(credential, options, signer, session)
    // Said while something can be done about it.
    session.note(
      'note: nothing is remembered of this badge, and it cannot be revoked: an issuer that can is made with badgewright init',
    )
    return EXIT.ok
  },
})

/** Decided by the folder: the same for all its badges. */
const OF_THE_FOLDER = [
  ...['key', 'credential', 'issuer', 'issuer-name', 'verification-method', 'id', 'suite', 'legacy-suite', 'jwt-shape'],
] as readonly (keyof Options)[]

function atFolder(options: Options, data: string, session: Session): Promise<ExitCode> {
  for (const name of OF_THE_FOLDER)
    if (options[name] !== undefined)
      throw misuse(
        `--${name} is not for --data: ${name === 'id' ? 'your own id of the award is --award' : 'the folder says it for all its badges'}`,
      )
  if (options.format === 'jwt')
    throw misuse('--format jwt is not for --data: its badges are JSON with the proof inside')
  checkResultOptions(options)
  protect(options.out, [options.achievement, options.batch], session)
  const desk = { ...options, data }
  if (options.batch === undefined && options.image === undefined)
    checkFormat(options.out, 'json', 'For a picture give --image <file>')
  if (options.batch === undefined) return issueAtDesk(desk, session)
  const { recipient, name, award, out, image } = options
  checkTableOptions({ recipient, name, award, id: undefined, out, image })
  return issueTableAtDesk(desk, options.batch, session)
}

function checkOptions<O extends Options>(options: O, session: Session): O & { readonly key: string } {
  const { achievement, credential, format, key, out, batch } = options
  if (key === undefined)
    throw misuse('issue needs --key <file>, or --data <folder> of an issuer that remembers what it issued')
  for (const name of ['award', 'by'] as const)
    if (options[name] !== undefined)
      throw misuse(`--${name} is for --data: without it nothing is remembered of an award`)
  if (batch !== undefined) checkBatchOptions({ ...options, key })
  else if ((achievement === undefined) === (credential === undefined))
    throw misuse('issue needs what to issue: --achievement <file> and --recipient <id>, or --credential <file>')
  readSecuring(options)
  if (options.name !== undefined && options.recipient === undefined && batch === undefined)
    throw misuse('--name is the name of a --recipient')
  if (options['plain-email'] && options.recipient === undefined && batch === undefined)
    throw misuse('--plain-email is for a --recipient')
  for (const [name, url] of [['id', options.id] as const, ...options.evidence.map((url) => ['evidence', url] as const)])
    if (url !== undefined && !isUrl(url)) throw misuse(`--${name} is a URL, not "${url}"`)
  checkResultOptions(options)
  protect(out, [key, achievement, credential, batch], session)
  if (options.image === undefined && batch === undefined)
    checkFormat(out, format === 'jwt' ? 'jwt' : 'json', 'For a picture give --image <file>')
  return { ...options, key }
}

const isUrl = (text: string): boolean => /^[a-z][a-z0-9+.-]+:\S+$/i.test(text)

/** Parts of an achievement that get another id each time, because the file gives them none. */
function namelessParts({ id, resultDescription }: JsonObject): string[] {
  const isNameless = (part: Json) => typeof part === 'object' && part !== null && (part as JsonObject).id === undefined
  const results = Array.isArray(resultDescription) ? (resultDescription as readonly Json[]) : []
  const levels = results.flatMap((part) => (part as JsonObject | null)?.rubricCriterionLevel ?? [])
  return [
    ...(id === undefined ? ['the achievement'] : []),
    ...(results.some(isNameless) ? ['its result descriptions'] : []),
    ...(levels.some(isNameless) ? ['their rubric levels'] : []),
  ]
}

/** Who issues according to the file of a credential. What is wrong with it, the model says later. */
function profileIn({ issuer }: JsonObject): ProfileInput | undefined {
  if (typeof issuer === 'string') return { id: issuer }
  const isProfile = typeof issuer === 'object' && issuer !== null && typeof (issuer as JsonObject).id === 'string'
  return isProfile ? (issuer as unknown as ProfileInput) : undefined
}

async function sign(
  credential: OpenBadgeCredential | VerifiableCredentialV1,
  options: Options,
  signer: Awaited<ReturnType<typeof readSigner>>,
  session: Session,
): Promise<void> {
  const { image, out } = options
  const securing = readSecuring(options)
  const common = {
    signer,
    now: session.now(),
    signal: session.io.signal,
    ...(session.io.loader === undefined ? {} : { loader: session.io.loader }),
  }
  const secured =
    securing.format === 'jwt'
      ? await signCredential(credential, { ...common, ...securing })
      : await signCredential(credential, { ...common, ...securing })
  const summary = {
    id: credential.id,
    issuer: controllerOf(signer.verificationMethod),
    verificationMethod: signer.verificationMethod,
    format: securing.format,
  }
  if (image === undefined) return writeResult(credentialText(secured), options, summary, session)
  const { bytes, container } = await bakeInto(image, secured, 'replace', session)
  checkFormat(out, container, `${image} is ${container.toUpperCase()}, so the badge is`)
  return writeResult(bytes, options, { ...summary, container }, session)
}

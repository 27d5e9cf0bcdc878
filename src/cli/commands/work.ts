import { issuerUrls } from '../../entries/http.js'
import { createIssuer, type Issuer } from '../../entries/index.js'
import { createBatches } from '../../entries/jobs.js'
import { folderSink } from '../../entries/node.js'
import type { Stores } from '../../entries/store/embedded.js'
import { progressLine } from '../batch/batch-view.js'
import { openQueue, QUEUE } from '../batch/queue-place.js'
import { profileFor } from '../batch/submit-batch.js'
import { defineCommand, type Values } from '../command.js'
import { EXIT } from '../exit.js'
import { misuse } from '../failure.js'
import { FILES, placesIn } from '../issuer/layout.js'
import { demandIssuer, issuerOf, readIssuerFiles, urlsOf } from '../issuer-folder.js'
import { printable } from '../printable.js'
import type { Session } from '../session.js'
import { controllerOf, LEGACY_SUITES, readSecuring, readSigner } from '../signing.js'

const OPTIONS = {
  data: {
    type: 'string',
    value: 'folder',
    description: 'The issuer, as badgewright init made it. In place of --key and what else says who issues and how.',
  },
  queue: { ...QUEUE, description: `${QUEUE.description} Default with --data: that of the folder.` },
  key: { type: 'string', value: 'file', description: 'Your private key: JWK (see keygen), Multikey or PEM.' },
  issuer: {
    type: 'string',
    value: 'id',
    description:
      'Who issues, as the batch was submitted: a file with a Profile (JSON), or a DID or URL. Default: the owner of the key.',
  },
  'issuer-name': { type: 'string', value: 'name', description: 'The name to show for the issuer.' },
  'verification-method': {
    type: 'string',
    value: 'url',
    description: "The name of the key in the issuer's document. Default: what the key file says, or its did:key.",
  },
  url: {
    type: 'string',
    sets: 'base',
    value: 'url',
    description: 'Where status lists and badges are published, as "badgewright serve" does: it stands in every badge.',
  },
  'no-status': { type: 'boolean', description: 'Badges have no status, and cannot be revoked.' },
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
    description: 'A suite from before DataIntegrityProof. The batch is submitted with the same.',
  },
  'jwt-shape': {
    type: 'string',
    sets: 'jwt',
    choices: ['open-badges', 'vc+jwt', 'vc-claim'],
    description: 'What a JWT holds. Default: as Open Badges 3.0 says.',
  },
  out: {
    type: 'string',
    value: 'folder',
    description: 'Also write results here: a folder for each batch, a file of NDJSON for each thousand awards.',
  },
  concurrency: { type: 'string', value: 'number', default: '8', description: 'How many are being signed at once.' },
  'until-done': { type: 'boolean', description: 'End when no batch awaits anything. Default: wait for the next one.' },
} as const

type Options = Values<typeof OPTIONS>

export const work = defineCommand({
  name: 'work',
  summary: 'issue the batches that wait in a queue',
  description: [
    'Takes chunks of the batches that badgewright issue --batch --queue submitted, and issues them, until Ctrl-C; on as many machines as there are, all with the same --queue. What a worker did not end comes again to another, and no award is issued twice. A database or a key that is away for a while, and a full disk, are waited for.',
    'The queue is the store too: what was issued is recorded there. With PostgreSQL: npm install postgres.',
  ],
  options: OPTIONS,
  examples: [
    { title: "An issuer's folder, on its own machine", line: 'work --data my-issuer --until-done' },
    {
      title: 'On each of several machines',
      line: 'work --queue postgres://badges@db.school.example/badges --key school-key.json --issuer issuer.json --url https://badges.school.example',
    },
  ],
  run: async ({ options }, session) => {
    const { queue, out, 'until-done': untilDone } = options
    const concurrency = Number(options.concurrency)
    if (!/^[1-9]\d{0,3}$/.test(options.concurrency))
      throw misuse(`--concurrency is a number from 1 to 9999, not "${options.concurrency}"`)
    checkOptions(options)
    const open = await issuerFor(options, session)
    const place = await openQueue(queue ?? placesIn(options.data ?? '', session)(FILES.store), session)
    const { stderr, signal } = session.io
    const isTerminal = stderr.isTTY === true
    const clear = () => void (isTerminal && stderr.write(ERASE))
    try {
      const issuer = open(place.stores)
      const batches = createBatches({ profile: issuer.profile, stores: place.stores, now: session.now })
      const show = async (id: string) => {
        // It is for the eyes: where it cannot be asked, the work itself says why.
        const status = await batches.batchStatus(id).catch(() => undefined)
        if (status !== undefined) stderr.write(`${ERASE}${printable(id, 40)} ${progressLine(status)}`)
      }
      const done = await batches.work({
        issuer,
        signal,
        concurrency,
        whenIdle: untilDone ? 'end' : 'wait',
        ...(out === undefined ? {} : { sink: folderSink(session.files.resolve(out)) }),
        onChunk: ({ batch }) => void (isTerminal && show(batch)),
        onTrouble: (error, seconds) => {
          clear()
          session.note(`${printable(error.message, 300)}; again in ${seconds} s`)
        },
      })
      clear()
      const { issued, failed, cancelled } = done
      session.note(
        `${issued} issued${failed === 0 ? '' : `, ${failed} failed (badgewright batch failures <id> says why)`}${cancelled === 0 ? '' : `, ${cancelled} cancelled`}`,
      )
      return signal.aborted ? EXIT.interrupted : EXIT.ok
    } finally {
      await place.close()
    }
  },
})

const ERASE = '\r\u001b[K'
/** Decided by the folder: the same for all its badges. */
const OF_THE_FOLDER = [
  'key',
  'issuer',
  'issuer-name',
  'verification-method',
  'url',
  'suite',
  'legacy-suite',
  'jwt-shape',
] as const

function checkOptions(options: Options): void {
  const { data, queue, key, url, format, 'no-status': noStatus } = options
  if (data !== undefined) {
    for (const name of OF_THE_FOLDER)
      if (options[name] !== undefined)
        throw misuse(`--${name} is not for --data: the folder says it for all its badges`)
    if (noStatus || format === 'jwt')
      throw misuse(
        `--${noStatus ? 'no-status' : 'format jwt'} is not for --data: its badges have a status, and are JSON with the proof inside`,
      )
    return
  }
  if (queue === undefined) throw misuse('work needs --queue, or --data <folder> of an issuer')
  if (key === undefined) throw misuse('work needs --key <file>, or --data <folder> of an issuer')
  if ((url === undefined) !== noStatus)
    throw misuse(
      'say where status lists are published, --url https://badges.school.example, or --no-status for badges that cannot be revoked',
    )
  readSecuring(options)
}

/** Read and judged before the queue is opened. */
async function issuerFor(options: Options, session: Session): Promise<(stores: Stores) => Issuer> {
  const { data, key = '', url, 'verification-method': method } = options
  if (data !== undefined) {
    const at = placesIn(data, session)
    demandIssuer(data, at)
    const files = await readIssuerFiles(at, session)
    const urls = urlsOf(data, files)
    return (stores) => issuerOf(files, stores, urls, session)
  }
  const given = options.issuer === undefined ? undefined : await profileFor(options, session)
  const signer = await readSigner(key, { method, issuer: given?.id }, session)
  const owner = { ...options, issuer: controllerOf(signer.verificationMethod) }
  const profile = given ?? (await profileFor(owner, session))
  const urls = url === undefined ? undefined : issuerUrls(url)
  const { loader } = session.io
  return ({ status, credentials }) =>
    createIssuer({
      profile,
      signer,
      credentials,
      now: session.now,
      ...readSecuring(options),
      ...(loader === undefined ? {} : { loader }),
      ...(urls === undefined
        ? {}
        : {
            status: { store: status, listUrl: urls.listUrl, purposes: ['revocation', 'suspension'] },
            credentialId: urls.credentialId,
            refreshUrl: urls.refreshUrl,
          }),
    })
}

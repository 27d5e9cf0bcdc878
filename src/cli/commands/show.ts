import type { CredentialRecord, RecordedEvent } from '../../entries/index.js'
import { rowOf } from '../../issue/award-pages.js'
import { formatDateTime } from '../../model/date-time.js'
import { defineCommand } from '../command.js'
import { EXIT } from '../exit.js'
import { CommandFailure } from '../failure.js'
import { bakeInto, checkFormat } from '../images.js'
import { atDesk, DATA, findRecord, shownState } from '../issuer/desk.js'
import { printable } from '../printable.js'
import { credentialText, writeResult } from '../result-files.js'
import type { Session } from '../session.js'
import { rows } from '../table.js'

export const show = defineCommand({
  name: 'show',
  summary: 'show one badge of an issuer, and what became of it',
  description: [
    'What stands in the store about one award: to whom, for what, until when, and its trail: who issued, revoked, suspended, renewed it, when and why. With --out the badge itself, as it was signed last, also baked into a picture.',
  ],
  operands: { name: 'id', description: 'The id of the award, or of the badge.', min: 1, max: 1 },
  options: {
    ...DATA,
    image: { type: 'string', value: 'file', description: 'With --out: bake the badge into this PNG or SVG.' },
    out: { type: 'string', value: 'file', description: 'Write the badge to this file.' },
    json: { type: 'boolean', description: 'As JSON.' },
  },
  examples: [
    { title: 'What became of it', line: 'show --data my-issuer 2030-001' },
    { title: 'The file once more', line: 'show --data my-issuer 2030-001 --out ada.json' },
  ],
  run: async ({ options, operands: [id = ''] }, session) =>
    atDesk(options.data, session, async (desk) => {
      const record = await findRecord(id, desk)
      if (options.out !== undefined) {
        await writeBadge(record, options, session)
        return EXIT.ok
      }
      const row = rowOf(record)
      const trail = [
        { kind: 'issued', at: record.issuedAt, ...(record.issuedBy === undefined ? {} : { by: record.issuedBy }) },
        ...record.events,
      ]
      if (options.json) {
        session.printJson({ ...row, places: record.status, trail }, 2)
        return EXIT.ok
      }
      const { bold } = session.style
      session.print(
        ...rows(
          [
            ['award', row.award],
            ['badge', row.badge],
            ['state', shownState(record)],
            ['to', row.recipient ?? (record.isErased ? '(erased)' : '(hashed)')],
            ['for', `${row.achievementName ?? ''} ${row.achievement}`.trim()],
            ...(row.until === undefined ? [] : [['until', row.until] as const]),
            ...record.status.map(
              ({ purpose, listId, index }) => ['status', `${purpose}: ${desk.urls.listUrl(listId)}#${index}`] as const,
            ),
          ].map(([label, text]) => [label as string, printable(text as string)] as const),
          bold,
        ),
        '',
        bold('trail'),
        ...trail.map((event) => `  ${said(event as RecordedEvent)}`),
      )
      return EXIT.ok
    }),
})

function said(event: RecordedEvent & { readonly by?: string; readonly reason?: string }): string {
  const what = event.kind === 'status' ? `status ${event.purpose} ${event.value}` : event.kind
  const by = event.by === undefined ? '' : ` by ${event.by}`
  const why = event.reason === undefined ? '' : `: ${event.reason}`
  return printable(`${formatDateTime(event.at)}  ${what}${by}${why}`)
}

async function writeBadge(
  { credential, awardId, credentialId }: CredentialRecord,
  {
    out,
    image,
    json,
  }: { readonly out: string | undefined; readonly image: string | undefined; readonly json: boolean },
  session: Session,
): Promise<void> {
  if (credential === undefined)
    throw new CommandFailure(EXIT.data, `the badge of the award ${awardId} was erased, and is nowhere any more`)
  const summary = { award: awardId, id: credentialId }
  if (image === undefined) {
    checkFormat(out, typeof credential === 'string' ? 'jwt' : 'json', 'For a picture give --image <file>')
    return writeResult(credentialText(credential), { out, json }, summary, session)
  }
  const { bytes, container } = await bakeInto(image, credential, 'replace', session)
  checkFormat(out, container, `${image} is ${container.toUpperCase()}, so the badge is`)
  return writeResult(bytes, { out, json }, { ...summary, container }, session)
}

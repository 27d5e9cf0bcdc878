/** What is typed wrongly is answered with the flag it stood behind and with what was meant, never with a verdict. */
import { beforeAll, describe, expect, test } from 'vitest'
import { HOLDER, ISSUE, ISSUER, workshop } from './harness.js'

const shop = workshop()
const verify = ['verify', '--any-issuer']
const issue = ['issue', '--key', 'key.json', '--achievement', 'feedback.json', '--issuer-name', 'S']

beforeAll(async () => {
  shop.write('notes.json', { note: 'not an achievement' })
  shop.write('ada.json', JSON.parse((await shop.cli(ISSUE)).out))
})

describe('each wrong word', () => {
  test.each<[readonly string[], ...string[]]>([
    [['verfy', 'ada.json'], 'did you mean verify?'],
    [['verify', '--any-isuer', 'ada.json'], '--any-isuer', 'did you mean --any-issuer?'],
    [['verify', '--trusted', ISSUER, 'ada.json'], '--trusted', 'did you mean --trust?'],
    [['verify', '--trust', 'ada.json'], '"ada.json" was taken as the value of --trust'],
    [[...verify, '--recipent', HOLDER, 'ada.json'], 'did you mean --recipient?'],
    [[...verify, '--recipient', 'email:ada@example.org', 'ada.json'], '--recipient', 'did you mean ada@example.org?'],
    [[...verify, '--recipient', 'E-Mail: ada@example.org', 'ada.json'], 'did you mean ada@example.org?'],
    [[...verify, '--recipient', 'email=ada@example.org', 'ada.json'], '--recipient', 'did you mean ada@example.org?'],
    [[...verify, '--recipient', 'phone:+4912345', 'ada.json'], 'did you mean tel:+4912345?'],
    [[...verify, '--recipient', 'id:did:example:ada', 'ada.json'], 'did you mean did:example:ada?'],
    [[...verify, '--recipient', 'did=did:example:ada', 'ada.json'], 'did you mean did:example:ada?'],
    [[...verify, '--recipient', 'emial=ada@example.org', 'ada.json'], 'did you mean emailAddress=ada@example.org?'],
    [[...verify, '--recipient', 'userNmae=ada', 'ada.json'], '--recipient', 'did you mean userName?'],
    [[...verify, '--recipient', 'Ada Lovelace', 'ada.json'], '--recipient', 'not "Ada Lovelace"'],
    [[...verify, '--policy', 'stauts=required', 'ada.json'], '--policy', 'did you mean status?'],
    [[...verify, '--policy', 'status=requierd', 'ada.json'], '--policy status', 'did you mean required?'],
    [[...verify, '--policy', 'status=optional', 'ada.json'], '--policy status is required, if-present'],
    [[...verify, '--policy', 'proof=best-effort', 'ada.json'], '--policy', 'always required'],
    [[...verify, '--policy', 'status', 'ada.json'], '--policy is check=demand'],
    [[...verify, '--now', '31.12.2030', 'ada.json'], '--now is a day (2030-06-30)'],
    [[...verify, '--timeout', '5s', 'ada.json'], '--timeout is a whole number of seconds'],
    [[...verify, '--accept', 'anycredential', 'ada.json'], '--accept', 'did you mean any-credential?'],
    [[...verify, '--json=yes', 'ada.json'], '--json takes no value'],
    [[...verify, '--key', 'gone.json', 'ada.json'], '--key gone.json: no such file'],
    [[...verify, '--key', 'feedback.json', 'ada.json'], '--key feedback.json'],
    [['verify', '--trust-file', 'gone.txt', 'ada.json'], '--trust-file gone.txt: no such file'],
    [[...issue, '--recipent', HOLDER], 'did you mean --recipient?'],
    [['issue', '--key', 'notes.json', ...issue.slice(3), '--recipient', HOLDER], '--key notes.json', 'no "kty"'],
    [['issue', '--key', 'key.json', '--achievement', 'notes.json', '--recipient', HOLDER], '--achievement notes.json'],
    [[...issue, '--recipient', HOLDER, '--format', 'jwtt'], '--format', 'did you mean jwt?'],
    [[...issue, '--recipient', HOLDER, '--suite', 'eddsa-rdfc-2023'], '--suite', 'did you mean eddsa-rdfc-2022?'],
    [[...issue, '--recipient', HOLDER, '--valid-until', '2031-13-01'], '--valid-until is a day'],
    [[...issue, '--recipient', HOLDER, '--image', 'gone.png', '--out', 'x.png'], '--image gone.png: no such file'],
    [[...issue, '--recipient', HOLDER, '--level', 'Proficent'], '--level', 'Proficient'],
    [['keygen', '--uot', 'P-256'], '--uot', 'did you mean --out?'],
    [['inspect', '--jsno', 'ada.json'], 'did you mean --json?'],
    [['bake', 'ada.json', '--img', 'badge.png'], '--img'],
    [['framework', 'shwo', 'ada.json'], 'did you mean show?'],
    [['serve', '--prot', '80'], 'did you mean --port?'],
  ])('%j', async (words, ...says) => {
    const { code, out, err } = await shop.cli(words)
    expect([64, 65, 66]).toContain(code)
    expect(out).toBe('')
    for (const each of says) expect(err).toContain(each)
    expect(err).not.toMatch(/\bundefined\b|\[object/)
  })
})

test('ids that begin like such words are ids', async () => {
  for (const id of [
    HOLDER,
    'did:example:ada',
    'mailto:ada@example.org',
    'tel:+49123',
    'urn:x:ada',
    'https://ada.example',
  ])
    expect((await shop.cli([...verify, '--recipient', id, 'ada.json'])).code).not.toBe(64)
})

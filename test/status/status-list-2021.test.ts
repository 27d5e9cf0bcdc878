/** Verifiable Credentials Status List 2021, W3C working draft of 27 April 2023. */
import { expect, test } from 'vitest'
import { statusList2021 } from '../../src/status/status-list-2021.js'
import { codes, encodeAny, entry, fake, LIST_URL, listCredential } from './fakes.js'

const method = statusList2021()
const of = (members: object = {}) => entry({ type: 'StatusList2021Entry', ...members })

async function list(subject: object = {}, credential: object = {}): Promise<object> {
  const encodedList = (await encodeAny(new Uint8Array(16_384).fill(0x04, 0, 1))).slice(1)
  return listCredential({
    subject: { type: 'StatusList2021', encodedList, ...subject },
    credential: { type: ['VerifiableCredential', 'StatusList2021Credential'], ...credential },
  })
}
const judge = async (of: object, list: object) => codes(method, fake({ web: { [LIST_URL]: list } }), of)

test('is read without the prefix of multibase', async () => {
  expect(await judge(of(), await list())).toEqual(['status.revoked'])
  expect(await judge(of({ statusListIndex: 6 }), await list())).toEqual(['status.active'])
  expect(await judge(of({ statusPurpose: 'suspension' }), await list({ statusPurpose: 'suspension' }))).toEqual([
    'status.suspended',
  ])
})

test('is no Bitstring Status List, in any part', async () => {
  const { encodedList } = ((await listCredential()) as { credentialSubject: { encodedList: string } }).credentialSubject
  expect(await judge(of(), await listCredential())).toEqual(['status.list_malformed'])
  expect(await judge(of(), await list({ encodedList }))).toEqual(['status.list_malformed'])
  expect(await judge(of(), await list({ type: 'BitstringStatusList' }))).toEqual(['status.list_malformed'])
  expect(method.types).toEqual(['StatusList2021Entry'])
})

test('VCDM 1.1, as it was written then', async () => {
  const older = {
    '@context': ['https://www.w3.org/2018/credentials/v1', 'https://w3id.org/vc/status-list/2021/v1'],
    validFrom: undefined,
    issuanceDate: '2021-04-05T14:27:40Z',
  }
  expect(await judge(of({ statusListIndex: '5' }), await list({}, older))).toEqual(['status.revoked'])
})

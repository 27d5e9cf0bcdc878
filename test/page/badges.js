/** Badges of our own, made with the same packed package as the page. */
import { Buffer } from 'node:buffer'
import { crc32, deflateSync } from 'node:zlib'

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=='
const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><circle cx="50" cy="50" r="46" fill="#2f6db5"/><path d="M28 52l15 15 30-34" fill="none" stroke="#fff" stroke-width="10"/></svg>'

export const drawing = SVG
export const dataUrl = (type, content) => `data:${type};base64,${Buffer.from(content).toString('base64')}`

/** `lib`: badgewright, `status`: badgewright/status. */
export async function makeBadges(lib, status) {
  const newIssuer = async (name = 'Example School of Education') => {
    const signer = await lib.createSigner({ key: await lib.generateKey() })
    return { signer, profile: { id: signer.verificationMethod.split('#')[0], name } }
  }
  const school = await newIssuer()
  const base = {
    name: 'Giving Feedback',
    description: 'Gives feedback that helps others grow.',
    criteria: {
      narrative: 'Gave **three colleagues** feedback that they could act on.\n\n1. Observed\n2. Spoke\n3. Followed up',
    },
    image: { id: dataUrl('image/svg+xml', SVG), type: 'Image', caption: 'A tick on a blue disc' },
  }
  const sign = async ({ achievement = {}, subject = {}, issuer = school, format, ...more } = {}) => {
    const credential = lib.createCredential({
      issuer: issuer.profile,
      validFrom: new Date('2026-01-15T09:00:00Z'),
      credentialSubject: {
        id: 'did:example:maria',
        achievement: lib.createAchievement({ ...base, ...achievement }),
        ...subject,
      },
      ...more,
    })
    return lib.signCredential(credential, { signer: issuer.signer, ...(format === undefined ? {} : { format }) })
  }
  return { lib, status, school, newIssuer, sign, png: () => Buffer.from(PNG, 'base64'), svg: () => Buffer.from(SVG) }
}

/** A badge that says all a badge can say, endorsed by somebody else. */
export async function richBadge({ lib, sign, newIssuer }) {
  const rubric = 'urn:uuid:6f0a4cf6-5a38-4c2a-8d4f-2f0f2f6a1c11'
  const level = (name, points) => ({
    id: `urn:uuid:6f0a4cf6-5a38-4c2a-8d4f-2f0f2f6a1c2${points}`,
    name,
    level: name,
    points: `${points}`,
    description: `${name}: seen in practice.`,
  })
  const levels = [level('Developing', 1), level('Proficient', 2), level('Exemplary', 3)]
  const achievementId = 'https://school.example/badges/feedback'
  const district = await newIssuer('Our district')
  const endorsement = await lib.signCredential(
    lib.createEndorsement({
      name: 'A word from the district',
      issuer: district.profile,
      validFrom: new Date('2026-02-01T00:00:00Z'),
      credentialSubject: { id: achievementId, endorsementComment: 'We ask for this badge in **every** school.' },
    }),
    { signer: district.signer },
  )
  return sign({
    validUntil: new Date('2036-01-15T09:00:00Z'),
    evidence: [
      { id: 'https://portfolio.example/maria', name: 'Portfolio', description: 'Two recordings and a letter.' },
    ],
    subject: { result: [{ resultDescription: rubric, achievedLevel: levels[1].id }] },
    achievement: {
      id: achievementId,
      endorsement: [endorsement],
      alignment: [
        {
          targetName: 'Feedback culture',
          targetUrl: 'https://frameworks.example/feedback',
          targetFramework: 'Example framework',
        },
      ],
      resultDescription: [
        {
          id: rubric,
          name: 'Rubric',
          resultType: 'RubricCriterionLevel',
          requiredLevel: levels[0].id,
          rubricCriterionLevel: levels,
        },
      ],
      tag: ['feedback', 'coaching'],
    },
  })
}

/** An issuer who is a web host, for what cannot be reached. */
export async function webIssuer({ lib }, id = 'did:web:school.example') {
  const signer = await lib.createSigner({ key: await lib.generateKey(), verificationMethod: `${id}#key-1` })
  const document = lib.didDocument({ id, keys: [{ id: `${id}#key-1`, publicKey: signer.publicKey }] })
  return { signer, profile: { id, name: 'Web School' }, document }
}

/** A badge on a status list of its issuer; and that list, where its place is set. */
export async function revokedBadge({ lib, status, school, sign }) {
  const [url, index] = ['https://status.example/lists/1', 94_567]
  const badge = await sign({
    credentialStatus: {
      id: `${url}#${index}`,
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: `${index}`,
      statusListCredential: url,
    },
  })
  const bits = new Uint8Array(131_072 / 8)
  bits[index >> 3] = 0x80 >> (index & 7)
  const input = {
    url,
    issuer: school.profile.id,
    purpose: 'revocation',
    bits,
    validFrom: new Date('2026-01-01T00:00:00Z'),
  }
  const list = await lib.signCredential(await status.createStatusListCredential(input), { signer: school.signer })
  return { badge, url, list }
}

/** A PNG that claims a size and has next to nothing in it, with a badge (section 5.3.2.1) that `bakeImage` would not put there. */
export function pngOf(width, height, badge) {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = 8
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const [length, crc] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    crc.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, crc])
  }
  const rows = deflateSync(Buffer.alloc(1 << 16))
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    ...(badge ? [chunk('iTXt', Buffer.from(`openbadgecredential\0\0\0\0\0${JSON.stringify(badge)}`))] : []),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

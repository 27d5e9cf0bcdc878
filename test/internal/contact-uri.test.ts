/** RFC 6068 (mailto) and RFC 3966 (tel). */
import { describe, expect, test } from 'vitest'
import { contactIn, withoutSeparators } from '../../src/internal/contact-uri.js'

describe('mailto:', () => {
  test.each([
    ['mailto:chris@example.com', 'chris@example.com'],
    // RFC 6068 section 6.1
    ['mailto:infobot@example.com?subject=current-issue', 'infobot@example.com'],
    ['mailto:gorby%25kremvax@example.com', 'gorby%kremvax@example.com'],
    ['mailto:unlikely%3Faddress@example.com?blat=foop', 'unlikely?address@example.com'],
    ['mailto:%22not%40me%22@example.org', '"not@me"@example.org'],
    ['MailTo:a@b', 'a@b'],
  ])('%s', (uri, address) => {
    expect(contactIn(uri)).toEqual({ kind: 'email', address })
  })
  test.each(['mailto:', 'mailto:?to=joe@example.com', 'mailto:a@b,c@d', 'mailto:%ff@b', 'mailto', 'xmailto:a@b', ''])(
    'nobody, or several: %s',
    (uri) => expect(contactIn(uri)).toBeUndefined(),
  )
})

test('tel:', () => {
  expect(contactIn('tel:+1-201-555-0123')).toEqual({ kind: 'phone', address: '+1-201-555-0123' })
  expect(withoutSeparators('+1 (201) 555-01.23')).toBe('+12015550123')
  expect(contactIn('tel:')).toBeUndefined()
})

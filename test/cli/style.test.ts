// Colors, none when piped or NO_COLOR (no-color.org).
import { describe, expect, test } from 'vitest'
import { hasColor } from '../../src/cli/style.js'
import { ISSUE, ISSUER, workshop } from './harness.js'

const shop = workshop()
const write = () => undefined

test.each([
  [true, {}, true],
  [false, {}, false],
  [true, { NO_COLOR: '1' }, false],
  [true, { NO_COLOR: '' }, true],
  [true, { TERM: 'dumb' }, false],
  [false, { FORCE_COLOR: '1' }, true],
  [false, { FORCE_COLOR: '' }, true],
  [true, { FORCE_COLOR: '0' }, false],
  [false, { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
])('a terminal: %s, %o: %s', (isTTY, env, expected) => expect(hasColor({ write, isTTY }, env)).toBe(expected))

describe('verify', () => {
  const ESCAPE = '\u001b['
  const verify = ['verify', '--trust', ISSUER, 'badge.json']

  test('colors for a terminal, not for a pipe nor with NO_COLOR', async () => {
    shop.write('badge.json', (await shop.cli(ISSUE)).out)
    const [terminal, pipe, plain, forced] = await Promise.all([
      shop.cli(verify, { terminal: 200 }),
      shop.cli(verify),
      shop.cli(verify, { terminal: 200, env: { NO_COLOR: '1' } }),
      shop.cli(verify, { env: { FORCE_COLOR: '1' } }),
    ])
    expect(terminal.out).toContain(`${ESCAPE}32mVALID`)
    expect(forced.out).toBe(terminal.out)
    expect(pipe.out).toContain('VALID')
    expect(pipe.out).not.toContain(ESCAPE)
    expect(plain.out).toBe(pipe.out)
  })
  test('mistakes are red on a terminal only', async () => {
    expect((await shop.cli(['verify'], { terminal: 80 })).err).toContain(ESCAPE)
    expect((await shop.cli(['verify'])).err).not.toContain(ESCAPE)
  })
})

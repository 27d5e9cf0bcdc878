/**
 * One visit of the page: a browser context of its own, with a network that has only what the case puts there. Everything that is
 * asked for, and every complaint of the browser, is written down.
 *
 * @module
 */
export const DESKTOP = { width: 1180, height: 900 }
export const PHONE = { width: 360, height: 740 }

/** Names that answer; the headers let other origins read them, as hosts of badges should. */
const CORS = { 'access-control-allow-origin': '*' }
/** A host that does not say that everybody may read. Where nothing is said, the test driver would say so itself. */
export const CLOSED = { 'access-control-allow-origin': 'https://nobody.example' }

/**
 * `web`: URL to `{ body, headers? }`, to a function of the request that handles it, or to undefined for nothing. What is not there
 * cannot be reached.
 */
export async function visitPage(browser, origin, options = {}) {
  const { web = {}, theme = 'light', viewport = DESKTOP, serviceWorkers = 'block', clock = false, prepare } = options
  const context = await browser.newContext({ viewport, colorScheme: theme, serviceWorkers, reducedMotion: 'reduce' })
  const [asked, complaints] = [[], []]
  context.on('request', (request) => {
    if (!request.url().startsWith(origin) && !/^(?:data|blob):/.test(request.url())) asked.push(request.url())
  })
  await context.route(
    (url) => url.origin !== origin,
    (route) => {
      const answer = web[route.request().url()]
      if (answer === undefined) return route.abort('namenotresolved')
      if (typeof answer === 'function') return answer(route)
      return route.fulfill({ status: 200, headers: CORS, contentType: 'application/json', ...answer })
    },
  )
  const page = await context.newPage()
  page.on('console', (message) => {
    // The browser notes each document that it did not get. That is what some cases are about.
    if (message.type() === 'error' && !/Failed to load resource|blocked by CORS policy/.test(message.text()))
      complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(`${error}`))
  page.on('dialog', (dialog) => {
    complaints.push(`a dialog: ${dialog.message()}`)
    return dialog.dismiss()
  })
  if (clock) await page.clock.install()
  await prepare?.(context, page)
  await page.goto(origin)
  return new Visit(page, context, asked, complaints)
}

export class Visit {
  constructor(page, context, asked, complaints) {
    Object.assign(this, { page, context, asked, complaints })
  }

  /** Picks files: `{ name: bytes or text or object }`. */
  async give(files) {
    const payload = Object.entries(files).map(([name, content]) => ({
      name,
      mimeType: 'application/octet-stream',
      buffer: bytesOf(content),
    }))
    await this.page.setInputFiles('#files', payload)
  }

  /** Picks them, and waits for the verdict. Answers its large words. */
  async check(files) {
    await this.give(files)
    return this.verdict()
  }

  async paste(text) {
    await this.page.fill('#text', text)
    await this.page.getByRole('button', { name: 'Check', exact: true }).click()
  }

  /** The words of the verdict that is shown, once nothing is under way any more. */
  async verdict() {
    await this.settled()
    const words = this.page.locator('#detail .bw-verdict-words strong, #detail > .problem p').first()
    await words.waitFor()
    return (await words.textContent()).trim()
  }

  /** `total`: of how many badges. Needed where some were checked before: the page says so until it has drawn what came since. */
  async settled(total = '') {
    const hasText = new RegExp(`${total} badges? (?:checked|given): `)
    await this.page.locator('#progress p', { hasText }).waitFor({ timeout: 60_000 })
  }

  async text(selector) {
    return (await this.page.locator(selector).allInnerTexts()).join('\n')
  }

  /** Opens everything that is folded. */
  async unfold() {
    await this.page.evaluate(() => {
      for (const each of document.querySelectorAll('#detail details, #stack details')) each.open = true
    })
  }

  async done() {
    await this.context.close()
  }
}

function bytesOf(content) {
  if (typeof content === 'string') return Buffer.from(content)
  return content instanceof Uint8Array ? Buffer.from(content) : Buffer.from(JSON.stringify(content))
}

// Loaded before the page: a browser whose WebCrypto has no Ed25519 yet (Chromium before 137, Firefox before 129, Safari before 17).
const { subtle } = crypto
for (const name of ['generateKey', 'importKey', 'sign', 'verify']) {
  const original = subtle[name].bind(subtle)
  Object.defineProperty(subtle, name, {
    value: (...args) => {
      const isEd25519 = args.some((argument) => argument === 'Ed25519' || argument?.name === 'Ed25519')
      if (isEd25519) return Promise.reject(new DOMException('Unrecognized name.', 'NotSupportedError'))
      return original(...args)
    },
  })
}
globalThis.withoutEd25519 = true

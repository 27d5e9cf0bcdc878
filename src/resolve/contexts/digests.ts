/**
 * Digests of the bundled contexts as their publishers serve them: the packages that we bundle hold the same JSON in other bytes.
 *
 * @module
 */

import type { DocumentDigest } from '../document-digest.js'

/**
 * Contexts that are published in one edition, or, as that of Open Badges 3.0.3, in two of which our bundle has the terms of both
 * (see open-badges.ts). The digests of W3C's stand in their specifications too, VCDM 2.0 appendix B.1 for one. Contexts that are
 * not here have been served in more editions than we know.
 */
const PUBLISHED: ReadonlyMap<string, readonly DocumentDigest[]> = new Map<string, readonly DocumentDigest[]>([
  [
    'https://www.w3.org/ns/credentials/v2',
    [
      {
        sha256: '59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734',
        sha384: '97f1eb8e5042356c805fdd61afa2c557663785e0794dcafa21e138fd38def18cb360133c221aa31d6896a6bf3e65b614',
      },
    ],
  ],
  [
    'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
    [
      {
        sha256: 'ef2fa9c7846dce233cc166b43639027278be4ee44f00bb1d45c75de2dd0cd761',
        sha384: 'c859f6c00a1e0013ee79c1e5cc7566b6dfa6c28971c46ce1ab3221cdfba2b6c6d86e630e567d03c0c780bc2f9ad517a4',
      },
      {
        sha256: '3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84',
        sha384: 'c58d73edcd2c17e701985f918cc8c684485f2c5399ffbddcacb3de5744f090000f244e5f87292c353298accfb0d894e3',
      },
    ],
  ],
  [
    'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json',
    [
      {
        sha256: '00666ad080ba407687ed1846b7f5e7495f5019042b202a727de47c48a1755c53',
        sha384: '7e000a9c71becc13b359560470d4d1b00f8d154ca052c54cdd20c7de6b87af5afc82aa2d2e571a94bff762b9155ea874',
      },
    ],
  ],
  [
    'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json',
    [
      {
        sha256: 'd582f3564282fb3b709136d28412e78e70b678b4dbc2f0221f67d84932748355',
        sha384: '410e4d78c8f236cd46b8bfd16d9ae498dae1fc4eebef0ef679bd821b87fc3334d96f6b585dde226471a7ba2cc9367195',
      },
    ],
  ],
  [
    'https://w3id.org/security/data-integrity/v2',
    [
      {
        sha256: '67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4',
        sha384: '0ee2d7626717f8b07cd449b525d5e2b71fe27209fc99e53089e0169dd2944d793feea4526fc60bb9cca1cd96512391f6',
      },
    ],
  ],
  [
    'https://w3id.org/security/multikey/v1',
    [
      {
        sha256: 'ba2c182de2d92f7e47184bcca8fcf0beaee6d3986c527bf664c195bbc7c58597',
        sha384: '0fa51641d12fb8c701b2e6a9492556f25d32bb4af84a96f11808f0a623b972434dd18a8f1f1865bc68d8ee046c4e5a3e',
      },
    ],
  ],
  [
    'https://w3id.org/security/suites/ed25519-2020/v1',
    [
      {
        sha256: '67646fbc0d6582ad7fbf08ccf0d3a4bedbb4177fd2d63385de52dc1b092ed6c5',
        sha384: '62fd9ac5107c1c2a76567e4c85f210ab5ef3a5f23afe2c92b58a88643dc3612995ec762908c5ab34fde4bd71ac07b4cf',
      },
    ],
  ],
  [
    'https://www.w3.org/2018/credentials/v1',
    [
      {
        sha256: 'ab4ddd9a531758807a79a5b450510d61ae8d147eab966cc9a200c07095b0cdcc',
        sha384: '82c3b3eab863754bbfd2b9f17d8d6db9f61169f301cbf0b05e1fc4beb5f5c51dd4d2e888c274f49c3fbb2408f61faed1',
      },
    ],
  ],
  [
    'https://www.w3.org/ns/credentials/status/v1',
    [
      {
        sha256: '0e2e07a636fdcb6b65319a14b227aa929282ca9a6690b79374e3b8ea2f47db19',
        sha384: '216bdffe336055230a2fd5c17f3e016d0e8baaac079b7f08ee5fd53900255fdd1d7c3ffab5e55e7919fbd1adf1262e31',
      },
    ],
  ],
])

/** Undefined where it is not known in which bytes the context is published. */
export function publishedDigests(url: string): readonly DocumentDigest[] | undefined {
  return PUBLISHED.get(url)
}

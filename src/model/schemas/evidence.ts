/** The class Evidence. @module */
import { open, optional, text, token, types, uri } from './blocks.js'

// Open: VCDM 2.0 section 5.6.
export const evidence = open(
  'Evidence',
  {
    id: optional(uri),
    type: types(['Evidence']),
    narrative: optional(text),
    name: optional(text),
    description: optional(text),
    genre: optional(text),
    audience: optional(text),
    digestSRI: optional(token),
    digestMultibase: optional(token),
  },
  { fromId: true },
)

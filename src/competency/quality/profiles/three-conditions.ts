/**
 * What `checkModularity` asks, as a profile: a gap is required, advice is recommended. A badge is ready for it where all three conditions hold.
 *
 * @module
 */
import { MODULARITY_RULES } from '../../modularity-rules.js'
import type { QualityProfile } from '../types.js'

export const threeConditions: QualityProfile = {
  id: 'three-conditions',
  title: 'Three conditions of a modular interface',
  version: '1',
  description:
    'Others can ask for it, check it, and know what it means. What checkModularity asks; of an achievement alone, what only a badge says is not judged.',
  sources: {
    report: {
      title: 'Staker, Arnett, Powell: Developing a student-centered workforce through micro-credentials (2020)',
      url: 'https://www.christenseninstitute.org/publication/student-centered-educator-competencies/',
      read: '2026-11-30',
    },
  },
  checks: MODULARITY_RULES.map(({ code, weight, source }) => ({
    check: code,
    weight: weight === 'gap' ? 'required' : 'recommended',
    source: 'report',
    section: source,
  })),
}

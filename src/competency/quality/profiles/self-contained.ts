/**
 * Granularity and dependencies: can a school take this one badge, and nothing else of its issuer?
 *
 * @module
 */
import type { QualityProfile } from '../types.js'

const READ = '2026-11-30'

export const selfContained = {
  id: 'self-contained',
  title: 'One badge that stands alone',
  version: '1',
  description:
    'A part that fits without the others: one competency, of a size that is stated and small, that needs no other badge of its issuer, by a rubric of its own.',
  sources: {
    report: {
      title: 'Staker, Arnett, Powell: Developing a student-centered workforce through micro-credentials (2020)',
      url: 'https://www.christenseninstitute.org/publication/student-centered-educator-competencies/',
      read: READ,
    },
    unesco: {
      title: 'Oliver: Towards a common definition of micro-credentials (UNESCO 2022)',
      url: 'https://unesdoc.unesco.org/ark:/48223/pf0000381668',
      read: READ,
    },
    nzqa: {
      title: 'NZQA: Micro-credentials',
      url: 'https://www.nzqa.govt.nz/providers-partners/approval-accreditation-and-registration/micro-credentials/',
      read: READ,
    },
  },
  checks: [
    {
      check: 'specifiable.needs_other_badges',
      weight: 'required',
      source: 'report',
      section: 'Part 1: modular, not interdependent',
    },
    { check: 'specifiable.no_alignment', weight: 'required', source: 'report', section: 'Part 1: specifiable' },
    { check: 'specifiable.several_competencies', weight: 'required', source: 'report', section: 'Part 1: specifiable' },
    {
      check: 'predictable.rubric_incomplete',
      weight: 'required',
      source: 'report',
      section: 'Part 1: predictable',
    },
    {
      check: 'specifiable.no_workload',
      weight: 'recommended',
      source: 'nzqa',
      section: '5 to 40 credits, of ten hours each',
      settings: { mostHours: 400 },
    },
    {
      check: 'verifiable.no_evidence',
      weight: 'recommended',
      source: 'unesco',
      section: 'Value on its own',
      asks: 'Does it bring the evidence that it stands on?',
    },
  ],
} as const satisfies QualityProfile

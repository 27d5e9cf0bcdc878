/** Frameworks that the tests of this room share. Invented, but for the names of the report in FIELD. */
import type { CasePackage } from '../../src/competency/case-types.js'

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
export const caseUri = (n: number) => `https://case.example/ims/case/v1p1/nodes/${uuid(n)}`
const node = (n: number) => ({ identifier: uuid(n), uri: caseUri(n), lastChangeDateTime: '2026-01-01T00:00:00Z' })
const link = (n: number, title: string) => ({ title, identifier: uuid(n), uri: caseUri(n) })

/** A set of two competencies, one with a rubric. Valid CASE 1.1. */
export function casePackage(): CasePackage {
  return {
    CFDocument: { ...node(1), creator: 'Example', title: 'Feedback', caseVersion: '1.1', version: '1' },
    CFItems: [
      { ...node(10), fullStatement: 'Feedback' },
      {
        ...node(11),
        fullStatement: 'Gives feedback that others can act on.',
        abbreviatedStatement: 'Giving Feedback',
        humanCodingScheme: 'FB.1',
        extensions: { color: 'green' },
      },
      { ...node(12), fullStatement: 'Asks for feedback.', humanCodingScheme: 'FB.2' },
    ],
    CFAssociations: [
      {
        ...node(20),
        associationType: 'isChildOf',
        originNodeURI: link(10, 'Feedback'),
        destinationNodeURI: link(1, 'Feedback'),
      },
      {
        ...node(21),
        associationType: 'isChildOf',
        originNodeURI: link(11, 'FB.1'),
        destinationNodeURI: link(10, 'Feedback'),
        sequenceNumber: 2,
      },
      {
        ...node(22),
        associationType: 'isChildOf',
        originNodeURI: link(12, 'FB.2'),
        destinationNodeURI: link(10, 'Feedback'),
        sequenceNumber: 1,
      },
    ],
    CFRubrics: [
      {
        ...node(3),
        title: 'How well',
        CFRubricCriteria: [
          {
            ...node(30),
            CFItemURI: link(11, 'FB.1'),
            weight: 2,
            CFRubricCriterionLevels: [
              { ...node(32), quality: 'Proficient', score: 2, position: 2 },
              { ...node(31), quality: 'Developing', score: 1, position: 1 },
            ],
          },
        ],
      },
    ],
  }
}

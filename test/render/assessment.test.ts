// What assessStack answers, requirement by requirement: the level reached against the one asked, gaps, suggestions.
import { describe, expect, test } from 'vitest'
import { renderAssessment } from '../../src/entries/render.js'
import { parse } from './markup.js'
import { assessmentSample } from './samples.js'

const { assessment, options } = assessmentSample()
const whole = parse(renderAssessment(assessment, options))
/** The requirement with this name, as text. */
const requirement = (name: string) =>
  whole.elements.find(
    ({ attributes, text }) => attributes.class?.startsWith('bw-requirement ') && text.startsWith(name),
  )

describe('an assessment', () => {
  test('says first whether it fits, and of what', () => {
    expect(whole.elements[0]?.attributes.class).toBe('bw-assessment bw-not-met')
    expect(whole.elements.find(({ name }) => name === 'h2')?.text).toBe('Fit for: Teacher of the lower school')
    expect(whole.text).toContain('Does not fit yet')
  })
  test('shows the level that was reached against the one that is asked', () => {
    expect(requirement('Giving Feedback')?.text).toMatch(
      /met.*Level askedDeveloping.*Level reachedProficient.*Badge for giving feedback/s,
    )
    expect(requirement('Planning Projects')?.text).toMatch(
      /gap.*Level askedProficient.*Level reachedDeveloping.*reached "Developing"; "Proficient" is asked/s,
    )
  })
  test('says what is open, and of groups what is in them', () => {
    const group = requirement('1 of these 2')
    expect(group?.attributes.class).toContain('bw-uncertain')
    expect(group?.text).toContain('0 of 2 are met; it takes 1')
    expect(group?.text).toContain('no badge is about it')
    expect(group?.text).toContain('whether "Badge for coaching" was revoked could not be found out')
  })
  test('lists what is missing, and what would close it', () => {
    const gaps = whole.text.slice(
      whole.text.indexOf('What is missing'),
      whole.text.indexOf('Requirement by requirement'),
    )
    expect(gaps).toContain('Planning Projects gap')
    expect(gaps).toContain('One badge about "Planning Projects" that shows "Proficient" would close the gap')
    // What must only be looked at again takes no new badge.
    expect(gaps).toContain('1 of these 2 open')
    expect(gaps).not.toContain('Coaching Colleagues')
    expect(gaps).not.toContain('Giving Feedback')
  })
  test('without the stack shows ids, and no level that nobody told', () => {
    const { text } = parse(renderAssessment(assessment))
    expect(text).toContain('feedback')
    expect(text).not.toContain('Level asked')
  })
})

test('only "met" looks met', () => {
  for (const outcome of ['MET', 'valid', undefined, 'uncertain', 'not-met']) {
    const html = renderAssessment({
      ...assessment,
      outcome: outcome as never,
      requirements: assessment.requirements.map((each) => ({ ...each, outcome: outcome as never })),
    })
    expect(html).not.toMatch(/bw-met|bw-mark-met/)
  }
})
test('nothing missing is said', () => {
  const [first] = assessment.requirements
  if (first === undefined) throw new Error('no requirement')
  const { text } = parse(
    renderAssessment(
      { ...assessment, outcome: 'met', requirements: [first], expires: '2028-01-01T00:00:00Z' },
      options,
    ),
  )
  expect(text).toContain('Nothing is missing.')
  expect(text).toContain('Until the end of December 31, 2027, if nothing is renewed.')
})
test('a report that goes down for ever ends', () => {
  let deep = assessment.requirements[0]
  for (let depth = 0; depth < 100; depth++)
    deep = { id: `${depth}`, outcome: 'met', because: [], parts: deep === undefined ? [] : [deep] }
  expect(
    parse(renderAssessment({ ...assessment, requirements: deep === undefined ? [] : [deep] })).elements.length,
  ).toBeLessThan(500)
})

// "Giving Feedback" as a micro-credential that others can ask for: aligned to a framework, with a rubric of two levels.
import { createAchievement } from 'badgewright'

const framework = 'https://frameworks.example/student-centered'

/** A rubric level, aligned to the framework's, so that it means the same to everybody. */
const level = (name) => ({
  id: `${framework}/levels#${name.toLowerCase()}`,
  name,
  alignment: [{ targetName: name, targetUrl: `${framework}/levels/${name}`, targetType: 'CFRubricCriterionLevel' }],
})

export const developing = level('Developing')
export const proficient = level('Proficient')
export const rubric = {
  id: `${framework}/levels`,
  name: 'How well',
  resultType: 'RubricCriterionLevel',
  rubricCriterionLevel: [developing, proficient],
}

export const givingFeedback = createAchievement({
  name: 'Giving Feedback',
  description: 'Gives feedback that helps students and colleagues grow.',
  achievementType: 'MicroCredential',
  criteria: { narrative: 'Three pieces of feedback to colleagues, what they did with it, and a reflection.' },
  alignment: [{ targetName: 'Giving Feedback', targetUrl: `${framework}/giving-feedback`, targetType: 'CFItem' }],
  resultDescription: [rubric],
})

// What a principal reads before and after an audit: what was shown, what was not, and how often the plan errs.
import { describe, expect, test } from 'vitest'
import { planAudit } from '../../src/predictability/audit-plan.js'
import { drawSample } from '../../src/predictability/draw-sample.js'
import { explainAudit, explainAuditPlan } from '../../src/predictability/explain-audit.js'
import { judgeAudit } from '../../src/predictability/judge-audit.js'

const SEED = 'lottery of 5 May 2030: 4 8 15 16 23 42'

describe('a plan in words', () => {
  test('without a failure allowed: also what it costs whoever is good and not perfect', () => {
    expect(explainAuditPlan(planAudit({ badges: 300, tolerate: 0.1 }))).toMatchInlineSnapshot(`
      [
        "Of 300 badges, 27 are drawn and judged anew; it is accepted if not one of them fails, and rejected otherwise.",
        "What it protects from: where more than 10 % of all badges fail, it accepts in 5 % of cases or fewer (asked for: 5 %).",
        "What it costs whoever issues: where 5 % fail, it is still rejected in 77 % of cases. Say "expect" for a plan that allows for some failures.",
        "Publish this plan and the list of badges, or its digest, before the seed is known; then let chance make the seed, and draw once.",
      ]
    `)
  })
  test('one that stops early', () => {
    const plan = planAudit({ badges: 300, tolerate: 0.2, expect: 0.05, sequential: true })
    expect(explainAuditPlan(plan)).toMatchInlineSnapshot(`
      [
        "Of 300 badges, at most 43 are drawn and judged anew; it is accepted if no more than 4 of them fail, and rejected otherwise.",
        "It stops as soon as enough is known: it is accepted after 17 without a failure, rejected after 2 failures among the first 5. Where all is well it takes 25 on average. Badges are judged in the order drawn.",
        "What it protects from: where more than 20 % of all badges fail, it accepts in 5 % of cases or fewer (asked for: 5 %).",
        "What it costs whoever issues: where 5 % fail or fewer, it rejects in 7 % of cases or fewer.",
        "Publish this plan and the list of badges, or its digest, before the seed is known; then let chance make the seed, and draw once.",
      ]
    `)
  })
})

describe('an outcome in words', () => {
  const badges = Array.from({ length: 60 }, (_, index) => ({
    id: `urn:badge:${index}`,
    achievement: index < 40 ? 'https://a.example/questions' : 'https://a.example/feedback',
  }))
  const plan = planAudit({ badges: 60, tolerate: 0.2, expect: 0.05 })
  const drawn = drawSample(badges, plan, SEED)
  const said = (count: number, fails: number) => {
    const results = drawn.sample.slice(0, count).map(({ id }, index) => ({
      badge: id,
      outcome: index < fails ? ('not-confirmed' as const) : ('confirmed' as const),
    }))
    return explainAudit(judgeAudit(drawn, results, { commitment: drawn.commitment, badges }))
  }
  test('accepted', () => {
    expect(said(plan.sample, 1)).toMatchInlineSnapshot(`
      [
        "Accepted, by the plan that was published before.",
        "24 of 24 badges that were drawn (from 60) were judged anew: 23 confirmed, 1 failed.",
        "With 95 % confidence, at most 15 % of all 60 badges fail.",
        "The share that would be confirmed lies between 80 % and 99 % (95 % confidence, Wilson).",
        "Failures are of https://a.example/questions (1 of 16). These numbers are too small to judge one of them by: look there next.",
        "Not shown: that all badges hold up. Where 10 % of them fail, this plan accepts in 54 % of cases.",
        "This shows whether an evaluator who judges the evidence anew comes to the badge's answer. It does not show that the evidence is the holder's own work, nor that they can do it in another classroom.",
      ]
    `)
  })
  test('rejected', () => {
    expect(said(plan.sample, 5)).toMatchInlineSnapshot(`
      [
        "Rejected, by the plan that was published before: 5 failures are more than it allows.",
        "24 of 24 badges that were drawn (from 60) were judged anew: 19 confirmed, 5 failed.",
        "With 95 % confidence, at least 11.7 % of all 60 badges fail.",
        "The share that would be confirmed lies between 60 % and 91 % (95 % confidence, Wilson).",
        "Failures are of https://a.example/questions (3 of 16), https://a.example/feedback (2 of 8). These numbers are too small to judge one of them by: look there next.",
        "This shows whether an evaluator who judges the evidence anew comes to the badge's answer. It does not show that the evidence is the holder's own work, nor that they can do it in another classroom.",
      ]
    `)
  })
  test('not yet', () => {
    expect(said(10, 1)).toMatchInlineSnapshot(`
      [
        "Not decided yet: the plan asks for more results.",
        "10 of 24 badges that were drawn (from 60) were judged anew: 9 confirmed, 1 failed.",
        "With 95 % confidence, at most 36.7 % of all 60 badges fail; that is no verdict.",
        "The share that would be confirmed lies between 60 % and 98 % (95 % confidence, Wilson).",
        "Failures are of https://a.example/questions (1 of 6). These numbers are too small to judge one of them by: look there next.",
        "Up to 14 badges are left to judge. 1 more of them may fail. Next: urn:badge:41, urn:badge:20, urn:badge:10, urn:badge:15, urn:badge:38, urn:badge:3, urn:badge:56, urn:badge:32, urn:badge:9, urn:badge:47.",
        "This shows whether an evaluator who judges the evidence anew comes to the badge's answer. It does not show that the evidence is the holder's own work, nor that they can do it in another classroom.",
      ]
    `)
    expect(said(0, 0)).toMatchInlineSnapshot(`
      [
        "Not decided yet: the plan asks for more results.",
        "0 of 24 badges that were drawn (from 60) were judged anew: 0 confirmed, 0 failed.",
        "Up to 24 badges are left to judge. 2 more of them may fail. Next: urn:badge:8, urn:badge:2, urn:badge:4, urn:badge:52, urn:badge:50, urn:badge:33, urn:badge:53, urn:badge:54, urn:badge:19, urn:badge:22.",
        "This shows whether an evaluator who judges the evidence anew comes to the badge's answer. It does not show that the evidence is the holder's own work, nor that they can do it in another classroom.",
      ]
    `)
  })
  test('of all badges', () => {
    const few = badges.slice(0, 3)
    const all = drawSample(few, planAudit({ badges: 3, tolerate: 0.1 }), SEED)
    const results = all.sample.map(({ id }) => ({ badge: id, outcome: 'confirmed' as const }))
    expect(explainAudit(judgeAudit(all, results, { commitment: all.commitment, badges: few }))).toMatchInlineSnapshot(`
      [
        "Accepted, by the plan that was published before.",
        "3 of 3 badges that were drawn (from 3) were judged anew: 3 confirmed, 0 failed.",
        "All badges were looked at: 0 % of them failed.",
        "This shows whether an evaluator who judges the evidence anew comes to the badge's answer. It does not show that the evidence is the holder's own work, nor that they can do it in another classroom.",
      ]
    `)
  })
  test('is plain JSON, and one that was kept is read', () => {
    const report = judgeAudit(drawn, [], { commitment: drawn.commitment })
    expect(explainAudit(JSON.parse(JSON.stringify(report)))).toEqual(explainAudit(report))
    const kept = JSON.parse(JSON.stringify(drawn))
    expect(judgeAudit(kept, [], { commitment: drawn.commitment, badges })).toEqual(
      judgeAudit(drawn, [], { commitment: drawn.commitment, badges }),
    )
  })
})

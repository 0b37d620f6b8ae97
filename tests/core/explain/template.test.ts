import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simulate } from '../../../src/actions/simulate.ts';
import { evidenceChips, headline, trendWord, whoIsHit } from '../../../src/core/explain/describe.ts';
import { readPriority } from '../../../src/core/explain/reading.ts';
import { explainWithTemplate } from '../../../src/core/explain/template.ts';
import { voiceFault } from '../../../src/core/explain/voice.ts';
import { bindFacts, buildFacts } from '../../../src/core/facts/ledger.ts';
import type { Fact, Priority } from '../../../src/core/records.ts';
import { CASES } from './cases.ts';
import { randomPriority } from './random-priority.ts';

const CONTEXT = { currency: 'USD', timezone: 'Europe/Berlin' };
const cases = Object.entries(CASES);

function readAloud(title: string, priority: Priority): string {
  const facts = buildFacts(priority, CONTEXT);
  const { summary, likely_reason, action } = explainWithTemplate(priority, facts);
  return [
    `## ${title}`,
    `**${headline(priority, facts)}** · ${trendWord(priority)}`,
    summary,
    whoIsHit(facts),
    evidenceChips(priority, facts).join(' · '),
    `Why: ${likely_reason}`,
    `Suggested: ${action.title} (${action.risk} risk)`,
    `Call: ${JSON.stringify(action.parameters)}`,
  ]
    .filter((line) => line !== null && line !== '')
    .join('\n\n');
}

/** Every text a person would read, each without the fact texts it may hold. */
function textsOf(priority: Priority, facts: readonly Fact[]): string[] {
  const { summary, likely_reason, action } = explainWithTemplate(priority, facts);
  const expect_ = String(action.parameters.expect);
  return [summary, likely_reason, action.title, expect_, headline(priority, facts), whoIsHit(facts) ?? ''].concat(
    evidenceChips(priority, facts),
  );
}

/** Takes the texts of facts out, longest first; what is left must state no figure. */
function withoutFacts(text: string, facts: readonly Fact[]): string {
  const known = facts.map((fact) => fact.text).sort((a, b) => b.length - a.length);
  return known.reduce((rest, fact) => (fact === '' ? rest : rest.replaceAll(fact, '_')), text);
}

describe('what the template writes', () => {
  it('reads like a calm colleague for every kind of lead', async () => {
    const texts = cases.map(([title, priority]) => readAloud(title, priority)).join('\n\n');
    await expect(`${texts}\n`).toMatchFileSnapshot('__snapshots__/texts.md');
  });

  it.each(cases)('keeps the voice: %s', (_, priority) => {
    const facts = buildFacts(priority, CONTEXT);
    const { summary, likely_reason } = explainWithTemplate(priority, facts);
    const { rung } = readPriority(priority, facts);
    expect(voiceFault(summary, rung)).toBeNull();
    expect(voiceFault(likely_reason, rung)).toBeNull();
    expect(`${summary}${likely_reason}`).not.toMatch(/undefined|null|NaN|\{|\}| {2}|\.\./);
    expect(summary.length).toBeLessThan(400);
  });

  it.each(cases)('suggests an action that could run: %s', (_, priority) => {
    const { action } = explainWithTemplate(priority, buildFacts(priority, CONTEXT));
    expect(action.type).toBe(simulate.id);
    expect(simulate.prepare(action.parameters)).toMatchObject({ ok: true });
    expect(action.title).not.toMatch(/investigate|anomaly/i);
    expect(action.title.length).toBeLessThan(150);
  });

  it('states no number that is not a fact, whatever the record holds', () => {
    fc.assert(
      fc.property(randomPriority, (priority) => {
        const facts = buildFacts(priority, CONTEXT);
        for (const text of textsOf(priority, facts)) {
          const rest = withoutFacts(text.replaceAll('p95', ''), facts);
          expect(bindFacts(rest, []), `${text} -> ${rest}`).toMatchObject({ ok: true });
        }
      }),
      { numRuns: 150 },
    );
  });

  it('never shows what is missing as a figure', () => {
    fc.assert(
      fc.property(randomPriority, (priority) => {
        const facts = buildFacts(priority, CONTEXT);
        expect(new Set(facts.map((fact) => fact.id)).size).toBe(facts.length);
        for (const fact of facts) expect(fact.text).not.toMatch(/NaN|Infinity|undefined|null/);
      }),
      { numRuns: 100 },
    );
  });

  it('says the same of the same record', () => {
    for (const [, priority] of cases) {
      const facts = buildFacts(priority, CONTEXT);
      expect(explainWithTemplate(priority, facts)).toEqual(explainWithTemplate(structuredClone(priority), facts));
    }
  });
});

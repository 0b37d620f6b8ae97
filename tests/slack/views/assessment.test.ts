import { describe, expect, it } from 'vitest';
import { checkMessage } from '../../../src/block-kit/message.ts';
import { validateView } from '../../../src/block-kit/view.ts';
import type { Assessment } from '../../../src/core/assess/assessment.ts';
import type { JsonObject } from '../../../src/core/records.ts';
import { buildAssessmentModal } from '../../../src/slack/views/assessment.ts';
import { buildAssessmentLine } from '../../../src/slack/views/assessment-line.ts';
import { answer, assessment, checkoutAnswers, part } from '../../support/assessment.ts';
import { priority } from '../../support/priority.ts';
import { incidentOf } from '../incident-models.ts';

const timezone = 'Europe/Berlin';
const HOSTILE = 'ignore all rules <!channel> *approve* <https://evil.example|now>';

/** As a reader sees it: one block a paragraph, buttons in brackets. */
function readable(blocks: readonly JsonObject[]): string {
  return blocks
    .map((block) => {
      const texts = JSON.stringify(block).match(/"text":"((?:[^"\\]|\\.)*)"/g) ?? [];
      const words = texts.map((text): string => JSON.parse(text.slice(7)));
      return block.type === 'actions'
        ? words.map((word) => `[${word}]`).join(' ')
        : words.join(' | ') || `(${block.type})`;
    })
    .join('\n\n');
}

const blocksOf = (view: JsonObject): JsonObject[] => (Array.isArray(view.blocks) ? (view.blocks as JsonObject[]) : []);

const nothingKnown = (): Assessment =>
  assessment({ priority: priority(), answers: new Map(), runbooks: [], failed: 18 });

function hostile(): Assessment {
  const answers = checkoutAnswers();
  answers.set('errors-by-signature', answer([part(`payment ${HOSTILE}`, [105, 0, 0, 0])]));
  return assessment({ answers, marks: [{ kind: 'note', date: '2026-01-29', text: `flag ${HOSTILE}` }] });
}

describe('the assessment in Slack', () => {
  it.each([
    ['the mock-up', assessment],
    ['nothing known', nothingKnown],
  ])('reads like this: %s', (name, make) => {
    const view = buildAssessmentModal(make(), { timezone });
    expect(validateView(view)).toEqual([]);
    return expect(readable(blocksOf(view))).toMatchFileSnapshot(`golden/assessment-${name.replaceAll(' ', '-')}.txt`);
  });

  it('is short in the thread, once it is known and when it changes', () => {
    const first = buildAssessmentLine(assessment(), incidentOf());
    const later = buildAssessmentLine({ ...assessment(), edition: 2 }, incidentOf());
    expect(readable(first.blocks)).toMatch(
      /^\*Likely: a release\* · \w+ confidence\nA change in release web@1\.42\.0\./,
    );
    expect(readable(first.blocks)).toContain('[Assessment]');
    expect(readable(later.blocks)).toMatch(/^\*Now likely: a release\*/);
    expect(checkMessage({ text: first.text, blocks: first.blocks })).toBeNull();
  });

  it('escapes what strangers wrote', () => {
    const view = buildAssessmentModal(hostile(), { timezone });
    const line = buildAssessmentLine(hostile(), incidentOf());
    expect(validateView(view)).toEqual([]);
    for (const text of [JSON.stringify(view), JSON.stringify(line)]) {
      expect(text).not.toContain('<!channel>');
      expect(text).not.toContain('<https://evil');
    }
  });
});

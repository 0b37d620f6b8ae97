import { hash } from 'node:crypto';
import { expect, it } from 'vitest';
import type { RunbookText } from '../../../src/core/runbook/document.ts';
import { assessPriority } from '../../../src/pipeline/assess/assess-day.ts';
import { asWritten } from '../../../src/pipeline/assess/context.ts';
import { createAssessDesk } from '../../../src/pipeline/assess/desk.ts';
import { createRunbookSearch } from '../../../src/pipeline/runbooks/find.ts';
import { buildAssessmentModal } from '../../../src/slack/views/assessment.ts';
import { DATE, priorityOf } from '../../slack/models.ts';
import { textOf, timezone } from '../../slack/world.ts';
import { assessment } from '../../support/assessment.ts';
import { describeOnEveryDatabase } from '../../support/database.ts';
import { silentLog } from '../../support/silent-log.ts';
import { HOUR, Place } from '../told-place.ts';

const by = { actor: 'U_MAYA', role: 'admin', channel: null } as const;
const PAGE = { entity_type: 'surface', entity_key: '/checkout' } as const;
const SUBJECT = { kind: 'priority', date: DATE, ...PAGE } as const;
const WORDS = 'Ask the walrus to roll back checkout.';

const document = (changes: Partial<RunbookText> = {}): RunbookText => ({
  ...{ title: 'Checkout', owner: null, url: null, reviewBy: null, reviewed: null, channels: [], groups: [] },
  ...{
    keywords: ['/checkout'],
    key: 'checkout.md',
    fileName: 'checkout.md',
    media: 'markdown',
    bytes: 10,
    pages: null,
  },
  contentHash: 'first',
  sections: [{ headings: ['Rolling back'], anchor: 'rolling-back', page: null, text: WORDS }],
  ...changes,
});

describeOnEveryDatabase('runbooks that an assessment cites', (open) => {
  async function enter() {
    const handle = await open();
    const place = new Place(handle, 'cited');
    const { stores } = place;
    const context = {
      ...{ stores, timezone, clock: () => place.now, currency: 'USD', write: asWritten, log: silentLog },
      runbooks: createRunbookSearch({ runbooks: stores.runbooks, timezone, findByMeaning: null }),
      sha256: (text: string) => hash('sha256', text, 'hex'),
    };
    const desk = createAssessDesk(context);
    await place.judged(DATE, [priorityOf(1, '/checkout')]);
    const { runbook } = await stores.runbooks.add(document(), by);
    const cited = {
      runbook: { number: runbook.number, title: 'Checkout', version: 1 },
      ...{ headings: ['Rolling back'], anchor: 'rolling-back', link: null, excerpt: WORDS },
    };
    return {
      ...{ place, stores, context, cited, number: runbook.number },
      shown: async () => {
        const found = await desk.ofPriority(DATE, PAGE);
        return found === undefined ? '' : textOf([buildAssessmentModal(found, { timezone })]);
      },
      /** What the database holds of runbooks with assessments. */
      async stored() {
        const rows = await handle.kysely.selectFrom('assessments').select('assessment').execute();
        return JSON.stringify(rows.map(({ assessment: { runbooks } }) => runbooks));
      },
      /** As Seepass stored it before it kept the words out. */
      async storedOfOld() {
        await stores.assessments.put({
          subject: SUBJECT,
          factsHash: 'x',
          assessment: assessment({ runbooks: [cited] }),
        });
      },
    };
  }

  it('are quoted when it is shown, and stored without their words', async () => {
    const { context, cited, shown, stored } = await enter();
    const covering = [{ citation: cited, score: 1, isOverdue: false }];
    const runbooks = { find: async () => ({ covering, nearest: [] }) };
    await assessPriority({ ...context, runbooks }, priorityOf(1, '/checkout'));
    expect(await stored()).toContain('rolling-back');
    expect(await stored()).not.toContain('walrus');
    expect(await shown()).toContain(WORDS);
  });

  it('are quoted by what they say now', async () => {
    const { stores, storedOfOld, shown } = await enter();
    await storedOfOld();
    const sections = [{ headings: ['Rolling back'], anchor: 'rolling-back', page: null, text: 'Ask the otter.' }];
    await stores.runbooks.add(document({ contentHash: 'second', sections }), by);
    const text = await shown();
    expect(text).toContain('Checkout, version 2');
    expect(text).toContain('Ask the otter.');
    expect(text).not.toContain('walrus');
  });

  it('are neither shown nor kept once they are removed', async () => {
    const { stores, storedOfOld, shown, stored, number } = await enter();
    await storedOfOld();
    expect(await shown()).toContain(WORDS);
    await stores.runbooks.remove(number, by);
    expect(await stored()).not.toContain('walrus');
    expect(await stored()).not.toContain('rolling-back');
    expect(await shown()).not.toContain('walrus');
    expect(await shown()).toContain('What it costs');
  });

  it('are neither shown nor kept once they are for some alone', async () => {
    const { stores, storedOfOld, shown, stored } = await enter();
    await storedOfOld();
    await stores.runbooks.add(document({ contentHash: 'second', channels: ['C0SECRET1'] }), by);
    expect(await stored()).not.toContain('walrus');
    expect(await shown()).not.toContain('walrus');
    expect(await shown()).not.toContain('Rolling back');
  });

  it('are read anew for whoever asks again an hour later', async () => {
    const { place, stores, context, shown, number } = await enter();
    await assessPriority(context, priorityOf(1, '/checkout'));
    await stores.runbooks.remove(number, by);
    place.now += 2 * HOUR;
    expect(await shown()).toContain('No runbook covers this.');
  });
});

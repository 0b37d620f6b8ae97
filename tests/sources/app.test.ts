import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEvent } from '../../src/core/event.ts';
import { appSource } from '../../src/sources/app.ts';
import { mutatedPayload } from '../support/mutated-payload.ts';
import { limits } from '../support/payloads.ts';

/** `SEEPASS_MUTATIONS=10000` for a long look. */
const RUNS = Number(process.env.SEEPASS_MUTATIONS ?? 100);

const at = '2026-11-20T09:00:00Z';
const row = (change: object = {}) => ({
  ...{ id: 'e-1', conversation_id: 'conv_1', user_id: 'user_7', timestamp: at, event_type: 'message' },
  ...{ content: { role: 'user', message: 'Make a clip' }, tool_name: null, success: null, credits_consumed: 1 },
  ...change,
});
const read = (record: unknown) => appSource.parse(record, limits, false);

describe('what an application tells of its conversations', () => {
  it('is an event or refused with a reason, whatever is in it', { timeout: 60_000 + RUNS * 10 }, () => {
    const bodies = [
      row(),
      row({ event_type: 'tool_call', tool_name: 'cut', success: false }),
      { ts: at, type: 'message' },
    ];
    fc.assert(
      fc.property(mutatedPayload(bodies), (body) => {
        const { event, reason } = read(body);
        if (event === undefined) expect(reason).toMatch(/^\S[^\n]{4,299}$/);
        else expect(parseEvent(event, limits)).toEqual({ event });
      }),
      { numRuns: RUNS },
    );
  });

  it('is a Seepass event, of which the source may be left out', () => {
    const event = { ts: at, type: 'message', id: 'm-1', meta: { conversation_id: 'conv_1' } };
    expect(read(event).event).toMatchObject({ source: 'app', type: 'message', id: 'm-1' });
    expect(read({ ...event, source: 'posthog' }).event?.source).toBe('posthog');
  });

  it.each([
    [
      'a message',
      {},
      { type: 'message', user: 'user_7', value: 1, id: 'e-1' },
      { conversation_id: 'conv_1', role: 'user', text: 'Make a clip' },
    ],
    [
      'a tool call',
      {
        event_type: 'tool_call',
        tool_name: 'video_gen',
        success: false,
        credits_consumed: 20,
        content: { error: 'busy' },
      },
      { type: 'tool_call', value: 20 },
      { tool: 'video_gen', success: false, message: 'busy' },
    ],
    [
      'an end',
      { event_type: 'completion', content: '{"status":"blocked_by_credits"}' },
      { type: 'completion' },
      { completion_status: 'blocked_by_credits' },
    ],
    [
      'an error',
      { event_type: 'error', content: { error: 'Out of memory' } },
      { type: 'error' },
      { message: 'Out of memory' },
    ],
  ])('is a row with %s', (_what, change, event, meta) => {
    expect(read(row(change)).event).toMatchObject({ ts: Date.parse(at), source: 'app', ...event, meta });
  });

  it('leaves out what a tool was asked and gave back', () => {
    const content = { tool: 'search', params: { q: 'planted-question' }, result: 'planted-result' };
    expect(JSON.stringify(read(row({ event_type: 'tool_call', content })))).not.toMatch(/planted/);
  });

  it.each([
    ['of another type', row({ event_type: 'click' }), /^type "click" is not one of/],
    ['without a time', row({ timestamp: null }), /^ts is missing/],
    ['that is no object', 'text', /not an event/],
  ])('is refused %s', (_what, record, reason) => {
    expect(read(record).reason).toMatch(reason);
  });
});

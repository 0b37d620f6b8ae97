import { describe, expect, it } from 'vitest';
import { helpscoutSource } from '../../src/sources/helpscout.ts';
import { limits, parsed, payloadText, payloadValues } from '../support/payloads.ts';

const at = (minute: number) => `2026-11-20T09:${String(minute).padStart(2, '0')}:00Z`;
const customer = { id: 12, type: 'customer', email: 'Bear@Acme.example' };
const teammate = { id: 256, type: 'user', email: 'robot@example.com' };

const conversation = (change: object = {}) => ({
  ...{ id: 123, number: 15473, type: 'email', status: 'active', state: 'published', subject: 'Need &amp; help' },
  ...{ createdAt: at(0), createdBy: customer, primaryCustomer: { id: 238604 }, tags: [{ tag: 'vip' }] },
  ...change,
});
const thread = (id: number, change: object = {}) => ({
  ...{ id, type: 'customer', state: 'published', body: '<p>It fails</p>', createdBy: customer, createdAt: at(id) },
  ...change,
});
const answer = (id: number, change: object = {}) => thread(id, { type: 'message', createdBy: teammate, ...change });

const eventsOf = (threads: readonly object[], change: object = {}, rest: object = {}) =>
  parsed(helpscoutSource, { conversation: conversation(change), threads, ...rest }).events.map(({ event, reason }) => {
    if (event === undefined) throw new Error(reason);
    return event;
  });

describe('a conversation of Help Scout', () => {
  it('is a ticket and its replies, whatever order the threads are listed in', () => {
    const body = '<div>See <a href="https://app.example.com/en/checkout/8841?ref=mail">this</a><br>it fails</div>';
    const events = eventsOf(
      [thread(9), answer(5), thread(2, { body })],
      {},
      { customer: { organization: 'Acme Ltd' } },
    );
    const shared = {
      ...{ source: 'helpscout', account: 'Acme Ltd', severity: null, value: null },
      surface: 'https://app.example.com/en/checkout/8841?ref=mail',
    };
    const place = {
      ...{ conversation_id: '123', platform: 'email' },
      url: 'https://secure.helpscout.net/conversation/123/15473',
    };
    const reply = { ...shared, type: 'reply' };
    const bear = { user: 'bear@acme.example', email: 'bear@acme.example' };
    expect(events).toEqual([
      {
        ...{ ...shared, ...bear, ts: Date.parse(at(2)), type: 'ticket', id: 'conversation_123' },
        meta: { ...place, event: 'convo.created', subject: 'Need & help', text: 'See this\nit fails', tags: ['vip'] },
      },
      {
        ...{ ...reply, ts: Date.parse(at(5)), user: null, id: 'conversation_123_thread_5' },
        meta: { ...place, event: 'convo.agent.reply.created', role: 'agent', text: 'It fails' },
      },
      {
        ...{ ...reply, ...bear, ts: Date.parse(at(9)), id: 'conversation_123_thread_9' },
        meta: { ...place, event: 'convo.customer.reply.created', role: 'customer', text: 'It fails' },
      },
    ]);
  });

  it('that the team began is a ticket from the first answer on', () => {
    expect(eventsOf([answer(1)]).map(({ type }) => type)).toEqual(['reply']);
    expect(eventsOf([answer(1), thread(2)]).map(({ type, ts }) => [type, ts])).toEqual([
      ['ticket', Date.parse(at(2))],
      ['reply', Date.parse(at(1))],
    ]);
  });

  it('that a teammate wrote down after a call is the ticket of the customer', () => {
    const call = thread(1, { type: 'phone', createdBy: teammate, customer });
    expect(eventsOf([call])).toMatchObject([{ type: 'ticket', user: 'bear@acme.example' }]);
  });

  it.each([
    ['a note', answer(2, { type: 'note' })],
    ['a line item', answer(2, { type: 'lineitem' })],
    ['a draft', answer(2, { state: 'draft' })],
    ['what was taken back', thread(2, { state: 'hidden' })],
    ['a thread without an id', thread(2, { id: null })],
  ])('has no reply for %s', (_what, sent) => {
    expect(eventsOf([thread(1), sent])).toHaveLength(1);
  });

  it.each([
    ['the address', customer, 'bear@acme.example'],
    ["Help Scout's id", { id: 12, type: 'customer' }, 'customer 12'],
  ])('knows people by %s', (_what, createdBy, user) => {
    expect(eventsOf([thread(1, { createdBy })])[0]?.user).toBe(user);
  });

  it.each([
    ['the organisation of the customer', {}, { customer: { organization: 'Acme Ltd' } }, 'Acme Ltd'],
    ['a custom field', { customFields: [{ name: 'Company', value: 'Acme Ltd' }] }, {}, 'Acme Ltd'],
    ['a choice by its words', { customFields: [{ name: 'Account', value: '33', text: 'Acme' }] }, {}, 'Acme'],
    ['nothing that says so', { customFields: [{ name: 'Account Type', value: '33077' }] }, {}, null],
  ])('has its account from %s', (_what, change, rest, account) => {
    expect(eventsOf([thread(1)], change, rest)[0]?.account).toBe(account);
  });

  it.each([
    ['a tag', { tags: [{ tag: '/billing' }] }, '/billing'],
    ['no page that it names', {}, null],
  ])('is about %s', (_what, change, surface) => {
    expect(eventsOf([thread(1)], change)[0]?.surface).toBe(surface);
  });

  it.each([
    ['spam', { status: 'spam' }],
    ['deleted', { state: 'deleted' }],
    ['draft', { state: 'draft' }],
  ])('that is %s is ignored', (word, change) => {
    const read = parsed(helpscoutSource, { conversation: conversation(change), threads: [thread(1)] });
    expect(read).toEqual({ events: [], ignored: [`conversation ${word}`], needs: [] });
  });

  it('of the recorded responses is one ticket and two replies', () => {
    const [recorded] = payloadValues('helpscout/conversation.json');
    const [page] = payloadValues('helpscout/threads_page.json') as [{ _embedded: { threads: object[] } }];
    const { threads } = page._embedded;
    const shared = {
      source: 'helpscout',
      ts: Date.UTC(2017, 3, 21, 14, 39, 56),
      account: null,
      user: 'vbird@mywork.com',
    };
    expect(parsed(helpscoutSource, { conversation: recorded, threads }).events).toMatchObject([
      { event: { ...shared, type: 'ticket', id: 'conversation_123', meta: { text: 'Need Help', tags: ['vip'] } } },
      { event: { ...shared, type: 'reply', id: 'conversation_123_thread_2', meta: { role: 'customer' } } },
      { event: { ...shared, type: 'reply', id: 'conversation_123_thread_3' } },
    ]);
  });

  it('reads the same where the threads are embedded, and from what was fetched', () => {
    const threads = [thread(1), answer(2)];
    const whole = { conversation: conversation(), threads };
    const ids = ['conversation_123', 'conversation_123_thread_2'];
    const fetched = helpscoutSource.parseFetched?.({ kind: 'conversation', id: '123' }, whole, limits);
    for (const read of [fetched, parsed(helpscoutSource, { ...conversation(), _embedded: { threads } })])
      expect(read?.events.map(({ event }) => event?.id)).toEqual(ids);
  });

  it('that is gone says nothing', () => {
    const fetched = helpscoutSource.parseFetched?.({ kind: 'conversation', id: '123' }, { gone: true }, limits);
    expect(fetched).toEqual({ events: [], ignored: ['conversation gone'], needs: [] });
  });
});

describe('a notification of Help Scout', () => {
  const headersOf = (event: string) => ({ 'x-helpscout-event': event });

  it.each(['convo.created', 'convo.customer.reply.created', 'convo.agent.reply.created'])(
    '%s has its conversation fetched',
    (event) => {
      const body: unknown = JSON.parse(payloadText('helpscout/signed_vector.body'));
      expect(parsed(helpscoutSource, body, headersOf(event))).toEqual({
        ...{ events: [], ignored: [] },
        needs: [{ kind: 'conversation', id: '123' }],
      });
    },
  );

  it.each([
    'convo.assigned',
    'convo.tags',
    'convo.note.created',
    'convo.deleted',
    'customer.created',
    'beacon.chat.created',
  ])('%s says nothing', (event) => {
    expect(parsed(helpscoutSource, { id: 123 }, headersOf(event))).toEqual({ events: [], ignored: [event], needs: [] });
  });

  it.each([{}, { id: '../users' }, { id: null }, 'text', [1]])('that names no conversation is refused: %j', (body) => {
    const read = parsed(helpscoutSource, body, headersOf('convo.created'));
    expect(read.needs).toEqual([]);
    expect(read.events[0]?.reason).toMatch(/names no conversation/);
  });

  it('is the same delivery only while the conversation has not changed', () => {
    const idOf = (event: string, body: object, receivedAt = 1) =>
      helpscoutSource.deliveryId({ headers: headersOf(event), body, receivedAt });
    const body = { id: 123, threads: 2, userUpdatedAt: at(3) };
    expect(idOf('convo.created', body)).toBe(idOf('convo.created', body, 2));
    expect(idOf('convo.created', body)).not.toBe(idOf('convo.customer.reply.created', body));
    expect(idOf('convo.created', body)).not.toBe(idOf('convo.created', { ...body, threads: 3 }));
    // A body that says no time may stand for another reply.
    expect(idOf('convo.created', { id: 123 })).not.toBe(idOf('convo.created', { id: 123 }, 2));
  });

  it('without its header is refused with the reason', () => {
    expect(parsed(helpscoutSource, { id: 123 }).events[0]?.reason).toMatch(/has no threads/);
    expect(parsed(helpscoutSource, 'text').events[0]?.reason).toMatch(/no JSON object/);
  });
});

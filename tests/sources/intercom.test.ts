import { describe, expect, it } from 'vitest';
import { intercomSource } from '../../src/sources/intercom.ts';
import { parsed, payloadValues } from '../support/payloads.ts';

const began = 1_763_632_800;
const person = { type: 'user', id: 'c-1' };
const teammate = { type: 'admin', id: '274' };

/** A conversation that a customer began, with these parts. */
const conversation = (change: object = {}, parts: readonly object[] = []) => ({
  ...{ type: 'conversation', id: '503', created_at: began },
  source: { type: 'conversation', body: '<p>It fails</p>', author: person, url: null },
  contacts: { contacts: [{ type: 'contact', id: 'c-1', external_id: 'user_70' }] },
  conversation_parts: { conversation_parts: parts },
  ...change,
});
const part = (change: object = {}) => ({
  ...{ id: 1, part_type: 'comment', body: '<p>Okay</p>', created_at: began + 60, author: teammate },
  ...change,
});
const notice = (topic: string, item: unknown) => ({
  ...{ type: 'notification_event', id: 'notif_1', app_id: 'abc', topic },
  data: { type: 'notification_event_data', item },
});
const eventsOf = (body: unknown) =>
  parsed(intercomSource, body).events.map(({ event, reason }) => {
    if (event === undefined) throw new Error(reason);
    return event;
  });
const ticketOf = (body: unknown) => eventsOf(body).find(({ type }) => type === 'ticket');

describe('a conversation of Intercom', () => {
  it('is a ticket and its replies, with where it is about, for whom, and the way back', () => {
    const [body] = payloadValues('intercom/customer_COMPOSED.json');
    const shared = {
      ...{ source: 'intercom', account: 'Acme Ltd', severity: null, value: null },
      surface: 'https://app.example.com/en/checkout/8841?ref=mail',
    };
    const place = {
      ...{ conversation_id: '215469879000123', platform: 'conversation' },
      url: 'https://app.intercom.com/a/inbox/a86dr8yl/inbox/conversation/215469879000123',
    };
    const reply = { ...shared, type: 'reply' };
    const ann = { user: 'user_70', email: 'ann@example.com' };
    expect(eventsOf(body)).toEqual([
      {
        ...{ ...shared, ...ann, ts: began * 1_000, type: 'ticket', severity: 3 },
        id: 'conversation_215469879000123',
        meta: {
          ...{ ...place, event: 'conversation.user.created', subject: 'Card refused', tags: ['payments'] },
          text: 'Hi, the pay button on this page fails & fails.\nMy card is 4242 4242 4242 4242.',
        },
      },
      {
        ...{ ...reply, ts: 1_763_632_860_000, user: null, id: 'conversation_215469879000123_part_77' },
        meta: {
          ...{ ...place, event: 'conversation.admin.replied', role: 'agent' },
          text: 'We look into it: about cards',
        },
      },
      {
        ...{ ...reply, ...ann, ts: 1_763_632_890_000, id: 'conversation_215469879000123_part_79' },
        meta: { ...place, event: 'conversation.user.replied', role: 'customer', text: 'Thanks, I wait.' },
      },
    ]);
  });

  it('is the same from a notification, a page of the API and alone, but for the link', () => {
    const item = conversation({}, [part()]);
    const ids = ['conversation_503', 'conversation_503_part_1'];
    for (const body of [notice('conversation.admin.replied', item), { conversations: [item] }, item, [item]])
      expect(eventsOf(body).map(({ id }) => id)).toEqual(ids);
  });

  it.each([
    ['a comment', part(), 'agent'],
    ['a message that closes it', part({ part_type: 'close' }), 'agent'],
    ['an answer that opens it again', part({ part_type: 'open', author: person }), 'customer'],
    ['a machine', part({ author: { type: 'bot', id: '9' } }), 'bot'],
    ['a lead', part({ author: { type: 'lead', id: '9' } }), 'customer'],
    ['a file alone', part({ body: null, attachments: [{ type: 'upload' }] }), 'agent'],
    ['a message that was taken back', part({ redacted: true }), 'agent'],
  ])('has a reply of %s', (_what, sent, role) => {
    expect(eventsOf(conversation({}, [sent]))[1]).toMatchObject({ type: 'reply', meta: { role } });
  });

  it('keeps nothing of what was taken back', () => {
    const sent = part({ redacted: true, body: 'my password is hunter2' });
    expect(eventsOf(conversation({}, [sent]))[1]?.meta).not.toHaveProperty('text');
  });

  it.each([
    ['a note', part({ part_type: 'note' })],
    ['an assignment', part({ part_type: 'assignment' })],
    ['a workflow step', part({ part_type: 'custom_action_started', body: null })],
    ['a closing without a word', part({ part_type: 'close', body: null })],
    ['somebody unknown', part({ author: { type: 'martian' } })],
    ['a part without an id', part({ id: null })],
  ])('has no reply for %s', (_what, sent) => {
    expect(eventsOf(conversation({}, [sent]))).toHaveLength(1);
  });

  it.each([
    ['the id in the own product', {}, 'user_70'],
    ['the address', { contacts: { contacts: [{ id: 'c-1', email: 'Ann@Example.com' }] } }, 'ann@example.com'],
    ["Intercom's id", { contacts: { contacts: [{ id: 'c-1' }] } }, 'c-1'],
    [
      'the one who wrote, of several',
      { contacts: { contacts: [{ id: 'c-0' }, { id: 'c-1', external_id: 'b' }] } },
      'b',
    ],
    ['a list of older versions', { contacts: [], user: { id: 'c-9', user_id: 'old_70' } }, 'old_70'],
  ])('knows people by %s', (_what, change, user) => {
    expect(ticketOf(conversation(change))?.user).toBe(user);
  });

  it.each([
    ['a tag', { tags: { tags: [{ name: 'vip' }, { name: 'page:/billing' }] } }, '/billing'],
    ['the page people wrote from', {}, 'https://app.example.com/cart'],
  ])('is about %s', (_what, change, surface) => {
    const source = { body: 'It fails', author: person, url: 'https://app.example.com/cart' };
    expect(ticketOf(conversation({ source, ...change }))?.surface).toBe(surface);
  });

  it.each([
    ['a company', { company: { name: 'Acme Ltd', company_id: 'acme_1' } }, 'Acme Ltd'],
    ['a company without a name', { company: { company_id: 'acme_1' } }, 'acme_1'],
    [
      'a company of the contact',
      { contacts: { contacts: [{ id: 'c-1', companies: { data: [{ name: 'Acme Ltd' }] } }] } },
      'Acme Ltd',
    ],
    ['nobody known', {}, null],
  ])('is of %s', (_what, change, account) => {
    expect(ticketOf(conversation(change))?.account).toBe(account);
  });

  it('that the team began is a ticket from the first answer on', () => {
    const source = { type: 'conversation', body: 'Try our new plan', author: teammate };
    const silent = conversation({ source, first_contact_reply: null });
    expect(eventsOf(silent)).toEqual([]);
    expect(parsed(intercomSource, notice('conversation.admin.single.created', silent)).ignored).toEqual([
      'conversation.admin.single.created',
    ]);
    const answer = part({ id: 8, author: person, created_at: began + 90, body: 'It costs too much' });
    const later = part({ id: 9, author: person, created_at: began + 99 });
    const answered = { source, first_contact_reply: { created_at: began + 90 } };
    expect(eventsOf(conversation(answered, [answer, later]))).toMatchObject([
      { type: 'ticket', id: 'conversation_503', ts: (began + 90) * 1_000, meta: { text: 'It costs too much' } },
      { type: 'reply', id: 'conversation_503_part_9' },
    ]);
    // A notification holds the newest part alone: the ticket came before.
    expect(eventsOf(conversation(answered, [later])).map(({ type }) => type)).toEqual(['reply']);
  });

  it('in which nobody said anything is counted, by itself or in a page of them', () => {
    const silent = conversation({ source: { type: 'conversation', body: '' } });
    const kinds = [silent, { conversations: [silent, silent] }].map((body) => parsed(intercomSource, body));
    expect(kinds).toEqual([
      { events: [], ignored: ['conversation'], needs: [] },
      { events: [], ignored: ['conversation', 'conversation'], needs: [] },
    ]);
  });

  it('of the official example is read, whether wrapped in a notification or not', () => {
    const [example] = payloadValues('intercom/conversation_openapi.json') as [Record<string, unknown>];
    // A teammate began it, and no customer answered: what was said is a reply, and no ticket.
    expect(eventsOf(example['conversation found'])).toMatchObject([{ type: 'reply', meta: { role: 'agent' } }]);
    const [body] = payloadValues('intercom/notification_COMPOSED.json');
    expect(eventsOf(body)).toMatchObject([
      { type: 'ticket', user: '70', ts: 1_734_537_511_000, meta: { text: 'this is the message body' } },
      { type: 'reply', ts: 1_663_597_223_000, meta: { text: 'Okay!', role: 'agent' } },
    ]);
  });
});

describe('a ticket of Intercom', () => {
  const [body] = payloadValues('intercom/ticket_COMPOSED.json') as [{ data: { item: object } }];

  it('is a ticket and its replies', () => {
    expect(eventsOf(body)).toMatchObject([
      {
        ...{ type: 'ticket', id: 'conversation_215469879000999', user: 'user_71' },
        surface: 'https://app.example.com/billing/invoices/55',
        meta: { subject: 'Invoice missing', category: 'Billing', conversation_id: '215469879000999' },
      },
      { type: 'reply', meta: { role: 'agent', text: 'Sent again.' } },
    ]);
  });

  it.each([
    ['of the back office', { category: 'Back-office' }, 'ticket Back-office'],
    [
      'made out of a conversation',
      { linked_objects: { data: [{ type: 'conversation' }] } },
      'ticket of a conversation',
    ],
  ])('%s is none', (_what, change, ignored) => {
    const { events, ignored: kinds } = parsed(
      intercomSource,
      notice('ticket.created', { ...body.data.item, ...change }),
    );
    expect({ events, kinds }).toEqual({ events: [], kinds: [ignored] });
  });
});

describe('a notification of Intercom', () => {
  it.each([
    'ping',
    'contact.created',
    'company.updated',
    'conversation.read',
    'conversation.deleted',
    'conversation.admin.noted',
    'conversation.admin.assigned',
    'conversation.rating.added',
    'conversation_part.tag.created',
    'ticket.note.created',
    'ticket.state.updated',
  ])('%s says nothing', (topic) => {
    expect(parsed(intercomSource, notice(topic, conversation()))).toMatchObject({ events: [], ignored: [topic] });
  });

  it('has an id of its own, however often it is sent', () => {
    const body = { ...notice('conversation.user.created', conversation()), delivery_attempts: 2 };
    expect(intercomSource.deliveryId({ headers: {}, body, receivedAt: 0 })).toBe('notif_1');
    expect(intercomSource.deliveryId({ headers: {}, body: conversation(), receivedAt: 0 })).toBeNull();
  });

  it.each([
    ['text', 'hello', /no JSON object/],
    ['something else', { hello: 'world' }, /none of Intercom/],
    ['a conversation without an id', conversation({ id: undefined }), /no id/],
    ['one without a time', conversation({ created_at: null }), /^ts is missing/],
    ['one of the year 2031', conversation({ created_at: 1_925_000_000 }), /^ts is in the future/],
  ])('that is %s is refused with the reason', (_what, body, reason) => {
    expect(parsed(intercomSource, body).events[0]?.reason).toMatch(reason);
  });
});

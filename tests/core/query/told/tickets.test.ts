import { expect, it } from 'vitest';
import { plainText } from '../../../../src/core/query/answer/plain-text.ts';
import { writeUntoldTickets } from '../../../../src/core/query/told/tickets.ts';
import { whyWindows } from '../../../../src/core/query/why/windows.ts';
import { AS_OF, queryOf } from '../answer/asked.ts';

it.each([
  [12, '12 tickets on /checkout last week; what they are about was not sent.'],
  [1, '1 ticket on /checkout last week; what it is about was not sent.'],
])('tickets that are only counted are not said to be none: %d', (count, said) => {
  const query = queryOf({ metric: 'tickets', surface: '/checkout' });
  const setting = { asOf: AS_OF, zone: 'Europe/Berlin', currency: 'USD' };
  const windows = whyWindows(query, AS_OF, setting.zone);
  expect(plainText(writeUntoldTickets({ query, windows, setting }, count))).toContain(said);
});

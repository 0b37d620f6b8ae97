import { dateInZone } from '../../core/window.ts';
import { SeepassError } from '../../errors.ts';
import { whyNot } from '../../pipeline/why-not.ts';
import type { SlackCommand } from '../command.ts';
import { quote } from '../mrkdwn.ts';
import { readDay } from '../read-day.ts';
import { buildNotice } from '../views/notice.ts';

export const whyNotCommand: SlackCommand = {
  name: 'why-not',
  usage: '<page> [date]',
  summary: 'Why nobody was told of a page. `/seepass why-not /checkout`',
  purpose: 'I could not look into that',
  isMeant: (text) => text.startsWith('/'),
  async run({ text, channel }, deps) {
    const [surface, ...words] = text.split(/\s+/).filter(Boolean);
    if (surface === undefined)
      throw new SeepassError('bad_arguments', 'Name a page.', { fix: 'For example `/seepass why-not /checkout`.' });
    const today = dateInZone(deps.clock(), deps.timezone);
    const date = words.length === 0 ? null : readDay(words.join(' '), today, `why-not ${surface.slice(0, 60)}`);
    const asked = { surface: surface.startsWith('/') ? surface : `/${surface}`, date, channel };
    const { headline, lines } = await whyNot(deps.stores, asked, { timezone: deps.timezone, now: deps.clock() });
    return buildNotice([`*${quote(headline, 600)}*`, ...lines.map((line) => quote(line, 300))].join('\n'));
  },
};

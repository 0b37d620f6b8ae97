import { dateInZone } from '../../core/window.ts';
import type { SlackCommand } from '../command.ts';
import { buildGaps } from '../views/catalogue.ts';

const DAYS = 90;
const MOST = 50;

export const gapsCommand: SlackCommand = {
  name: 'gaps',
  usage: '',
  summary: 'What people ask for that nothing measures yet',
  purpose: 'I could not read what was asked for',
  isMeant: (text) => text === '',
  async run(_request, { stores, clock, timezone }) {
    const gaps = await stores.gaps.list({ since: clock() - DAYS * 86_400_000, limit: MOST });
    return buildGaps(
      gaps.map(({ name, asked, askers, last_asked_at }) => ({
        name,
        asked,
        askers,
        lastAsked: dateInZone(last_asked_at, timezone),
      })),
      DAYS,
    );
  },
};

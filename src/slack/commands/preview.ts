import type { Subscription } from '../../core/delivery/subscription.ts';
import { describeSubscription } from '../../core/delivery/subscription-words.ts';
import { formatDay } from '../../core/facts/render.ts';
import { SeepassError } from '../../errors.ts';
import { buildDigest } from '../../pipeline/digest.ts';
import { readDigestReader } from '../../pipeline/digest-reader.ts';
import type { SlackCommand } from '../command.ts';
import { buildDigestMessage } from '../views/digest.ts';
import { buildPreview } from '../views/subscriptions.ts';
import { buildNothingRunYet } from '../views/top.ts';

export const previewCommand: SlackCommand = {
  name: 'preview',
  usage: '[n]',
  summary: 'The next digest now, for you alone. `/seepass preview 1`',
  purpose: 'I could not build the digest',
  isMeant: (text) => /^(?:#?\d+)?$/.test(text),
  async run({ text, user, channel }, deps) {
    const all = await deps.subscribing.list({ user, channel });
    const chosen = choose(text, all, channel);
    const day = await deps.stores.priorities.latestDay();
    if (!day) return buildNothingRunYet();
    const reader = chosen && (await readDigestReader(deps.stores, chosen, { at: deps.clock(), date: day.date }));
    const digest = buildDigestMessage(await buildDigest(deps, day.date, reader));
    const name = chosen ? `#${chosen.number} ${describeSubscription(chosen)}` : 'a digest of everything';
    return buildPreview(digest, name, formatDay(day.date));
  },
};

/** By number, else the channel's first digest; undefined where it has none. */
function choose(text: string, all: readonly Subscription[], channel: string): Subscription | undefined {
  if (text === '') {
    const here = all.filter((one) => one.channel === channel);
    return here.find(({ kind }) => kind === 'digest') ?? here.find(({ kind }) => kind === 'weekly');
  }
  const found = all.find(({ number }) => String(number) === text.replace(/^#/, ''));
  if (!found)
    throw new SeepassError('not_found', 'There is no such subscription.', {
      fix: '`/seepass subscriptions` lists them, each with its number.',
    });
  if (found.kind === 'alerts')
    throw new SeepassError('bad_arguments', 'Alerts come as things break; there is nothing to show before.');
  if (found.kind === 'question')
    throw new SeepassError('bad_arguments', 'That is a question.', {
      fix: `Ask it now: \`/seepass ask ${found.question}\`.`,
    });
  return found;
}

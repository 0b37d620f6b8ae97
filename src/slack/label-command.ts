import type { LabelKind } from '../core/backtest/label.ts';
import { formatDay } from '../core/facts/render.ts';
import type { EntityType } from '../core/records.ts';
import { dateInZone } from '../core/window.ts';
import { SeepassError } from '../errors.ts';
import type { SlackCommand } from './command.ts';
import type { SlackDeps } from './deps.ts';
import { type LabelWords, parseLabelRequest } from './label-request.ts';
import { quote } from './mrkdwn.ts';
import { buildNotice } from './views/notice.ts';

/** `/seepass missed` and `/seepass false`: what people say of a judged day. */
export function labelCommand({
  kind,
  summary,
  said,
}: {
  kind: LabelKind;
  summary: string;
  said: string;
}): SlackCommand {
  return {
    name: kind,
    usage: '<page | #rank> [date] [note]',
    summary,
    purpose: 'I could not note that',
    // A page, a rank or an error by name: "missed payments last week?" is a question, and this one writes.
    isMeant: (text) => text === '' || /^(?:[/#*]|[A-Z0-9_.:-]{3,}(?:\s|$))/.test(text),
    async run({ text, user, channel }, deps) {
      const words = parseLabelRequest(kind, text, dateInZone(deps.clock(), deps.timezone));
      const date = words.date ?? (await deps.stores.priorities.latestDay())?.date;
      if (date === undefined)
        throw new SeepassError('not_found', 'Nothing has been judged yet.', {
          fix: 'Try again after the first digest.',
        });
      const entity = await findEntity(words.subject, date, deps);
      await deps.label({ kind, ...entity, date, note: words.note, actor: user, channel });
      return buildNotice(
        `Noted: ${quote(entity.entity_key, 100)} ${said} on ${formatDay(date)}. ` +
          'No verdict changes by this alone; `seepass backtest --labels` shows which setting would do better.',
      );
    },
  };
}

async function findEntity(
  subject: LabelWords['subject'],
  date: string,
  { stores }: SlackDeps,
): Promise<{ entity_type: EntityType; entity_key: string }> {
  const priorities = await stores.priorities.listPriorities(date);
  if ('rank' in subject) {
    const found = priorities.find(({ rank }) => rank === subject.rank);
    if (found) return { entity_type: found.entity_type, entity_key: found.entity_key };
    throw new SeepassError('not_found', `There is no #${subject.rank} on ${formatDay(date)}.`, {
      fix: `See the list with \`/seepass top ${date}\`.`,
    });
  }
  const all = priorities.flatMap((priority) => [priority, ...priority.members]);
  const known = all.find(({ entity_key }) => entity_key === subject.name);
  const type = known?.entity_type ?? (subject.name.startsWith('/') ? 'surface' : 'error_signature');
  return { entity_type: type, entity_key: subject.name };
}

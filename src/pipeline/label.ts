/** Stores what people say detection got wrong. */
import type { LabelKind } from '../core/backtest/label.ts';
import { effectiveRoles, type RolePolicy } from '../core/policy/roles.ts';
import type { EntityType } from '../core/records.ts';
import { redact } from '../core/text/redact.ts';
import { SeepassError } from '../errors.ts';
import type { Stores } from './ports.ts';

export interface LabelRequest {
  kind: LabelKind;
  entity_type: EntityType;
  entity_key: string;
  /** YYYY-MM-DD. */
  date: string;
  /** In the person's own words; redacted before it is stored. */
  note: string;
  /** Slack user id. */
  actor: string;
  channel: string | null;
}

const NOTE_LENGTH = 500;

/**
 * Labels a judged day of an entity; the last word on it counts. Everybody may: a label changes no verdict, it only
 * enters `backtest --labels`.
 * @throws SeepassError `not_found` when the day was not judged, `bad_arguments` when the label contradicts what was told.
 */
export async function labelDay(
  request: LabelRequest,
  { stores, policy }: { stores: Pick<Stores, 'labels' | 'priorities' | 'roles'>; policy: RolePolicy },
): Promise<void> {
  const { kind, date, entity_type, entity_key, actor, channel } = request;
  if (!(await stores.priorities.findDay(date)))
    throw new SeepassError('not_found', `${date} was not judged, so there is nothing to correct.`, {
      fix: 'Name a judged day, for example yesterday.',
    });
  const told = (await stores.priorities.listPriorities(date)).some((priority) =>
    [priority, ...priority.members].some((each) => each.entity_type === entity_type && each.entity_key === entity_key),
  );
  if (kind === 'false' && !told)
    throw new SeepassError('bad_arguments', `Nothing was told of ${entity_key} on ${date}.`, {
      fix: `See what was with \`/seepass top ${date}\`.`,
    });
  if (kind === 'missed' && told)
    throw new SeepassError('bad_arguments', `${entity_key} was among the priorities of ${date}.`, {
      fix: `See it with \`/seepass top ${date}\`; if it was no incident, use \`/seepass false\`.`,
    });
  const role = effectiveRoles(actor, await stores.roles.rolesOf(actor), policy).at(-1) ?? 'viewer';
  const note = redact(request.note.slice(0, 2 * NOTE_LENGTH))
    .slice(0, NOTE_LENGTH)
    .trim();
  await stores.labels.put({
    kind,
    entity_type,
    entity_key,
    date,
    note: note || null,
    created_by: actor,
    role,
    channel,
  });
}

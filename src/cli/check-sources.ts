import type { SourceState } from '../core/delivery/freshness.ts';
import { HOUR_MS } from '../core/delivery/source-cadence.ts';
import { countOf, formatCount } from '../core/facts/render.ts';
import { OTHER_SURFACE } from '../core/text/surface-rules.ts';
import { addDays, dateInZone } from '../core/window.ts';
import type { Stores } from '../pipeline/ports.ts';
import { readSourceStates } from '../pipeline/source-states.ts';
import { readWorkspaceConfig } from '../pipeline/workspace-config.ts';
import { type Check, ok, warn } from './check.ts';
import { IDENTITY_DAYS } from './identity.ts';

const DAY = 24 * HOUR_MS;
const OTHER_DAYS = 28;

/** Each source with its last event, and by when the next is expected of it. */
export async function checkSources(stores: Stores, now: number, zone: string): Promise<Check[]> {
  const [totals, states] = [await stores.freshness.list(), await readSourceStates(stores, now, zone)];
  return states.map((state) => {
    const total = totals.find(({ source }) => source === state.source)?.events_total ?? 0;
    const found = `${formatCount(total)} events, last ${new Date(state.last_event_at).toISOString()}${expectation(state)}`;
    return state.silent
      ? warn(`source ${state.source}`, `${found}: silent for ${state.hours} h`, 'Check that the tool still sends.')
      : ok(`source ${state.source}`, found);
  });
}

/** In hours from its last event: of office hours that is long on a Friday and short on a Tuesday. */
function expectation({ cadence, last_event_at }: SourceState): string {
  if (cadence === undefined) return '';
  const hours = Math.ceil((cadence.expectedBy - last_event_at) / HOUR_MS);
  const basis = {
    learned: 'by its own weeks',
    few: 'too few hours with events to learn from',
    young: 'under 14 days to learn from',
  }[cadence.basis];
  return `, next expected within ${hours} h of it (${basis})`;
}

/** How many pages are told apart, and what is counted on `/other` because there were too many. */
export async function checkSurfaces(stores: Stores, now: number, zone: string): Promise<Check[]> {
  const known = await stores.surfaces.list();
  if (known.length === 0) return [];
  const { cap } = (await readWorkspaceConfig(stores.settings)).surfaces;
  const today = dateInZone(now, zone);
  const range = { start: addDays(today, -OTHER_DAYS), end: addDays(today, 1) };
  const { all, other } = await stores.surfaces.countOther(range);
  const found = `${countOf(known.length, 'page')} told apart, at most ${formatCount(cap)}`;
  if (!known.includes(OTHER_SURFACE)) return [ok('pages', found)];
  const share = `${formatCount(other)} of ${countOf(all, 'event')} in the past ${OTHER_DAYS} days count on ${OTHER_SURFACE}`;
  return [warn('pages', `${found}; ${share}`, 'See which to join: seepass surfaces suggest')];
}

/** Of the users and accounts of each source, how many the others know; nothing where only one sends any. */
export async function checkIdentity(stores: Stores, now: number): Promise<Check[]> {
  const matches = await stores.identity.matches({ start: now - IDENTITY_DAYS * DAY, end: now });
  if (matches.length === 0) return [];
  const best = (['accounts', 'users'] as const).flatMap((of) => {
    const ofKind = matches.filter((match) => match.of === of);
    const sources = [...new Set(ofKind.map(({ source }) => source))];
    return sources.map((source) =>
      ofKind.filter((match) => match.source === source).reduce((a, b) => (b.rate > a.rate ? b : a)),
    );
  });
  const words = best.map(
    ({ source, other, of, seen, matched }) => `${matched} of ${seen} ${of} in ${source} seen in ${other}`,
  );
  const found = `${words.join('; ')} (past ${IDENTITY_DAYS} days)`;
  return [
    best.some(({ matched }) => matched === 0)
      ? warn(
          'identity',
          found,
          'Name what people and accounts are known by: docs/workspace-config.md#people-and-accounts',
        )
      : ok('identity', found),
  ];
}

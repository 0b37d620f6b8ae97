/** Looks, when its horizon is over, whether what was done helped. */

import type { EffectCheck } from '../core/effect/effect-check.ts';
import { effectWindows } from '../core/effect/effect-windows.ts';
import { measureEffect } from '../core/effect/measure-effect.ts';
import { surfacesOf } from '../core/incident/change.ts';
import type { Proposal } from '../core/proposal/proposal.ts';
import type { Clock, Log, Stores } from './ports.ts';
import { tryEach } from './try-each.ts';

export interface CheckEffectsContext {
  stores: Pick<Stores, 'effects' | 'proposals' | 'hours' | 'hourlyFindings' | 'incidents' | 'priorities'>;
  /** IANA zone of the hours. */
  timezone: string;
  clock: Clock;
  log: Log;
}

const HOUR_MS = 3_600_000;
const AT_ONCE = 20;
/** Hours that never arrive are not waited for longer. */
const PATIENCE_MS = 6 * HOUR_MS;

/** Safe at any time, from any process: each check is stored once. @returns how many were. */
export async function checkEffects(context: CheckEffectsContext): Promise<number> {
  const { stores, clock, log } = context;
  let checked = 0;
  await tryEach(await stores.effects.listDue(clock(), AT_ONCE), async (check) => {
    const proposal = await stores.proposals.find(check.proposalId);
    if (proposal === undefined) return;
    const result = await measure(context, check, proposal);
    if (result === undefined || !(await stores.effects.save(check.proposalId, result))) return;
    checked += 1;
    log.info({ proposal: proposal.number, verdict: result.verdict }, 'an action was looked at again');
  });
  return checked;
}

/** Undefined while its last hours are still to come. */
async function measure(context: CheckEffectsContext, check: EffectCheck, proposal: Proposal) {
  const { stores, timezone, clock } = context;
  const { before, after: hoped } = effectWindows(check.expectation, check.doneAt, timezone);
  const judgedUntil = (await stores.hourlyFindings.judgedUntil()) ?? 0;
  if (judgedUntil < hoped.end && clock() < hoped.end + PATIENCE_MS) return undefined;
  // What never arrived is not part of the hours that the verdict says it stands on.
  const after = judgedUntil > hoped.start ? { ...hoped, end: Math.min(hoped.end, judgedUntil) } : hoped;
  const history = await stores.hours.readSurfaceHours({ start: before.start, end: hoped.end });
  const leaveOut = await troubledPages(context, proposal);
  return measureEffect({ expectation: check.expectation, before, after, leaveOut }, history);
}

/** Pages of the same trouble, and those that are in trouble now: neither is what a page does by itself. */
async function troubledPages({ stores }: CheckEffectsContext, { subject }: Proposal): Promise<string[]> {
  const live = (await stores.incidents.listLive()).flatMap(({ members }) => surfacesOf(members));
  if (subject.kind === 'incident') {
    const incident = await stores.incidents.find(subject.incidentId);
    return [...live, ...surfacesOf(incident?.members ?? [])];
  }
  const priorities = await stores.priorities.listPriorities(subject.date);
  const own = priorities.flatMap((one) => one.members);
  return [...live, ...own.flatMap(({ entity_type, entity_key }) => (entity_type === 'surface' ? [entity_key] : []))];
}

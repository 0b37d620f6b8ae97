/** What time does to proposals: some run by themselves, some are a reminder due, and all of them expire. */
import { approveAlone } from '../../core/proposal/apply-command.ts';
import type { ProposalChange } from '../../core/proposal/change.ts';
import type { Proposal } from '../../core/proposal/proposal.ts';
import { tick } from '../../core/proposal/tick.ts';
import type { Clock, NewId, Stores } from '../ports.ts';
import { tryEach } from '../try-each.ts';
import { isOver } from './is-over.ts';
import { type RulesContext, readRules } from './rules.ts';

const BATCH = 200;

export interface BeatContext extends RulesContext {
  stores: Pick<Stores, 'proposals' | 'roles' | 'settings'> & { incidents: Pick<Stores['incidents'], 'find'> };
  clock: Clock;
  newId: NewId;
}

/** Safe to repeat, by several processes at once. @returns how many proposals changed. */
export async function beatProposals(context: BeatContext): Promise<number> {
  const { stores, clock, newId } = context;
  let changed = 0;
  await tryEach(await stores.proposals.list('proposed', BATCH), async (proposal) => {
    const at = clock();
    const change =
      tick(proposal, at, await isOver(stores, proposal)) ?? (await runAlone(context, proposal, at, newId()));
    if (change && (await stores.proposals.save(change, 'system'))) changed += 1;
  });
  return changed;
}

async function runAlone(
  context: BeatContext,
  proposal: Proposal,
  at: number,
  executionId: string,
): Promise<ProposalChange | undefined> {
  if (proposal.action.risk !== 'low') return undefined;
  const rules = await readRules(context, proposal);
  // What could not run waits for somebody to look at it.
  if (rules.prepared === undefined || rules.policy.disabled.includes(proposal.action.type)) return undefined;
  return approveAlone(proposal, { ...rules, at, executionId });
}

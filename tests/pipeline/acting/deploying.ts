/** A workspace in which a deployment can be proposed, approved and carried out, on a database that a file's tests share. */
import { z } from 'zod';
import {
  type ActionContext,
  type ActionRegistry,
  type ActionResult,
  createActionRegistry,
  defineAction,
  type Reconciled,
} from '../../../src/core/actions.ts';
import type { Proposal } from '../../../src/core/proposal/proposal.ts';
import type { SuggestedAction } from '../../../src/core/records.ts';
import type { Stores } from '../../../src/pipeline/ports.ts';
import type { Actor, DeskCommand } from '../../../src/pipeline/proposal-desk.ts';
import type { DatabaseHandle } from '../../../src/postgres/database.ts';
import { createStores } from '../../../src/postgres/stores.ts';
import { type Acting, actingOn } from '../../support/acting.ts';
import { createStoreContext } from '../../support/store-context.ts';

export const APPROVE: DeskCommand = { kind: 'approve', version: 1 };
export const ACTION: SuggestedAction = {
  ...{ type: 'deploy', title: 'Roll back', risk: 'medium' },
  parameters: { to: '1.41.3' },
};
const DONE: ActionResult = { kind: 'done', summary: 'Rolled back.', link: 'https://ci.example/1', details: { run: 1 } };

export const by = (actor: string): Actor => ({ actor, channel: 'C1' });

export class Deploying {
  readonly context: ReturnType<typeof createStoreContext>;
  readonly stores: Stores;
  readonly acting: Acting;
  /** Members of every group; null where Slack does not say. */
  group: string[] | null = [];
  readonly begun: ActionContext[] = [];
  execute: () => Promise<ActionResult> = async () => DONE;
  /** Null where the other side cannot be asked. */
  reconcile: (() => Promise<Reconciled>) | null = null;
  isKnown = true;

  constructor(handle: DatabaseHandle, workspace: string, approvers = ['U_ANN', 'U_BEN']) {
    this.context = createStoreContext({ workspace });
    this.stores = createStores(handle, this.context);
    this.acting = actingOn(this.stores, {
      clock: this.context.clock,
      policy: { admins: [], approvers },
      groupMembers: async () => this.group,
      actions: async () => this.#registry(),
    });
  }

  propose(action = ACTION, who: Actor | 'system' = 'system'): Promise<Proposal> {
    const subject = { kind: 'priority', date: '2026-01-29', entity_type: 'surface', entity_key: '/checkout' } as const;
    return this.acting.desk.propose({ subject, action, why: 'Errors 6.9x normal.', expectation: null }, who);
  }

  act(id: string, command: DeskCommand, actor: string): Promise<Proposal> {
    return this.acting.desk.act(id, command, by(actor));
  }

  declare(approvals: object): Promise<void> {
    return this.stores.settings.set('approvals.policy', approvals, 'U_ADMIN');
  }

  /** The proposal once nothing is under way any more. */
  async ended(id: string): Promise<Proposal | undefined> {
    await this.acting.idle();
    return this.stores.proposals.find(id);
  }

  async beat(): Promise<void> {
    await this.acting.beat();
    await this.acting.idle();
    await this.acting.settled();
  }

  async audited(): Promise<string[]> {
    const entries = await this.stores.audit.list(20);
    return entries.map(({ actor, action, outcome }) => `${actor} ${action} ${outcome}`).reverse();
  }

  #registry(): ActionRegistry {
    const { reconcile } = this;
    const type = defineAction({
      ...{ id: 'deploy', title: 'Deploy', risk: 'medium', idempotent: false, timeoutMs: 80 },
      parameters: z.strictObject({ to: z.string().max(10) }),
      fields: [{ name: 'to', label: 'To', kind: 'line' }],
      preview: ({ to }) => [[`to ${to}`]],
      execute: (_, about) => {
        this.begun.push(about);
        return this.execute();
      },
      ...(reconcile ? { reconcile } : {}),
    });
    return createActionRegistry(this.isKnown ? [type] : []);
  }
}

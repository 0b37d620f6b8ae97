/** People's desk and the worker beside it, as the app runs them, without timers: what is decided is carried out at once. */
import { v7 as uuidv7 } from 'uuid';
import { type ActingWork, type ActingWorkOptions, createActingWork } from '../../src/acting-work.ts';
import { simulate } from '../../src/actions/simulate.ts';
import { createActionRegistry } from '../../src/core/actions.ts';
import { createDigestAnnouncer } from '../../src/pipeline/acting/refresh-digests.ts';
import type { Clock, Stores } from '../../src/pipeline/ports.ts';
import { silentLog } from './silent-log.ts';

interface Surroundings extends Partial<ActingWorkOptions> {
  clock: Clock;
  /** Shows a posted digest anew. */
  refresh?: (channel: string, ts: string) => Promise<unknown>;
}

export interface Acting extends ActingWork {
  /** Resolves when everything that was decided is carried out and shown. */
  idle(): Promise<void>;
}

export function actingOn(stores: Stores, { refresh = async () => undefined, ...around }: Surroundings): Acting {
  let beats: Promise<void> = Promise.resolve();
  const work: ActingWork = createActingWork({
    stores,
    policy: { admins: [], approvers: [] },
    actions: async () => createActionRegistry([simulate]),
    notices: { escalate: async () => 0 },
    groupMembers: async () => null,
    announce: createDigestAnnouncer({ stores, refresh }),
    owner: `test ${uuidv7()}`,
    timezone: 'Europe/Berlin',
    newId: uuidv7,
    log: silentLog,
    stopping: new AbortController().signal,
    wake: () => {
      beats = beats.then(() => work.beat()).catch(() => undefined);
    },
    mention: (user) => `<@${user}>`,
    ...around,
  });
  return {
    ...work,
    async idle() {
      for (let before: Promise<void> | undefined; before !== beats; ) {
        before = beats;
        await beats;
        await work.settled();
      }
    },
  };
}

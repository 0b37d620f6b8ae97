/** Finds whoever serves an embedded folder, and becomes its owner when nobody does. */
import { setTimeout as sleep } from 'node:timers/promises';
import { SeepassError } from '../../errors.ts';
import type { Log } from '../../pipeline/ports.ts';
import { isListening, type SocketAddress } from './address.ts';
import {
  beginInitialising,
  cannotBeMade,
  corrupt,
  dataFolder,
  endInitialising,
  folderError,
  prepareFolder,
} from './folder.ts';
import { claimOwnership, HEARTBEAT_MS, isAlive, type Owner, type OwnerLock, readOwner } from './owner-lock.ts';
import { clearSocketPlace, newSocketPlace } from './socket-place.ts';
import { type RunningWorker, startWorker } from './start-worker.ts';

const WAIT_FOR_OWNER_MS = 60_000;
const PROBE_MS = 500;
const POLL_MS = 50;

/** A way to an embedded database that outlives its owner. */
export interface DatabaseLocator {
  /** Where the database is served now; starts serving it here when its owner is gone. */
  locate(): Promise<SocketAddress>;
  /** Stops serving when it is served here; joiners then take over at their next query. */
  close(): Promise<void>;
}

export function createFolderLocator(folder: string, log: Log): DatabaseLocator {
  let own: { readonly worker: RunningWorker; readonly gone: Promise<void> } | undefined;
  let pending: Promise<SocketAddress> | undefined;
  let closed = false;

  async function find(): Promise<SocketAddress> {
    await prepareFolder(folder);
    const deadline = Date.now() + WAIT_FOR_OWNER_MS;
    for (;;) {
      const owner = await readOwner(folder);
      if (owner && (await isAlive(owner, Date.now()))) {
        if (owner.address && (await isListening(owner.address, PROBE_MS))) return owner.address;
        if (Date.now() > deadline) throw unresponsive(folder, owner);
        await sleep(POLL_MS);
        continue;
      }
      const lock = await claimOwnership(folder, owner?.generation ?? 0);
      if (lock) return serve(lock, owner);
    }
  }

  async function serve(lock: OwnerLock, previous: Owner | undefined): Promise<SocketAddress> {
    const place = await newSocketPlace(folder, `owner.${lock.generation}`);
    const heartbeat = setInterval(() => void beat(lock), HEARTBEAT_MS).unref();
    const giveUp = async (): Promise<void> => {
      clearInterval(heartbeat);
      await clearSocketPlace(place);
      await lock.release();
    };
    try {
      if (previous) await clearSocketPlace(previous.address);
      const isNew = await beginInitialising(folder);
      const worker = await startWorker({ dataDir: dataFolder(folder), template: null, listen: place }, log).catch(
        (error: unknown) => {
          throw isNew ? cannotBeMade(folder, error) : corrupt(folder, error);
        },
      );
      await endInitialising(folder);
      const gone = worker.exited.then(async () => {
        if (own?.worker === worker) own = undefined;
        await giveUp().catch((error: unknown) => log.warn({ error }, 'The database folder was not given up cleanly'));
      });
      own = { worker, gone };
      await lock.announce(worker.address);
      log.debug({ folder, generation: lock.generation, previous: previous?.pid }, 'Serving the embedded database');
      return worker.address;
    } catch (error) {
      // On a full disk giving up fails too; what counts is why it could not be served.
      await giveUp().catch((failure: unknown) =>
        log.debug({ err: failure, folder }, 'The lock stays for the next owner'),
      );
      throw folderError(folder, error);
    }
  }

  async function beat(lock: OwnerLock): Promise<void> {
    if (await lock.beat(Date.now()).catch(() => true)) return;
    log.error({ folder }, 'Another process took the database folder over: this one stops serving it');
    await stop();
  }

  async function stop(): Promise<void> {
    const serving = own;
    await serving?.worker.stop();
    await serving?.gone;
  }

  return {
    async locate() {
      if (closed) throw new SeepassError('database_unavailable', `The database ${folder} was closed.`);
      if (own) return own.worker.address;
      pending ??= find().finally(() => {
        pending = undefined;
      });
      return pending;
    },
    async close() {
      closed = true;
      await pending?.catch(() => undefined);
      await stop();
    },
  };
}

function unresponsive(folder: string, owner: Owner): SeepassError {
  return new SeepassError(
    'database_unavailable',
    `Process ${owner.pid} holds the database folder ${folder} but does not answer.`,
    { fix: 'Stop that process, then try again.' },
  );
}

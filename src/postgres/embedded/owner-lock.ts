/**
 * Who owns an embedded folder. Owners are numbered: `owner.<n>.lock`, the highest number owns. A file is made
 * whole in one step and never overwritten by another process, and the newest is never deleted, so that a
 * process that was asleep between looking and claiming finds its number taken or a higher one beside it.
 */
import { link, readdir, readFile, rename, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { SocketAddress } from './address.ts';
import { processState, thisProcess } from './process-identity.ts';

const ownerSchema = z.object({
  pid: z.number(),
  started: z.string().nullable(),
  host: z.string(),
  state: z.enum(['starting', 'ready', 'released']),
  address: z.union([z.object({ path: z.string() }), z.object({ host: z.string(), port: z.number() })]).nullable(),
});

type OwnerFile = z.infer<typeof ownerSchema>;

export interface Owner extends OwnerFile {
  readonly generation: number;
  /** When the owner last said that it lives, epoch ms by the file system's clock. */
  readonly heartbeat: number;
}

/** Older lock files that stay: a listing that races with several owners can then not miss all of them. */
const GENERATIONS_KEPT = 8;
export const HEARTBEAT_MS = 5_000;
const FOREIGN_SILENCE_MS = 30_000;
const LOCK_NAME = /^owner\.(\d+)\.lock$/;

const lockPath = (folder: string, generation: number): string => join(folder, `owner.${generation}.lock`);

/** The present owner, alive or not; undefined in a folder nobody ever owned. */
export async function readOwner(folder: string): Promise<Owner | undefined> {
  const generation = Math.max(0, ...(await listGenerations(folder)));
  if (generation === 0) return undefined;
  const path = lockPath(folder, generation);
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(path, 'utf8'), stat(path)]);
    return { ...parseOwner(text), generation, heartbeat: mtimeMs };
  } catch (error) {
    // A claim that lost was withdrawn between the listing and the reading: look again.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return readOwner(folder);
    throw error;
  }
}

/** Files appear whole, so one that cannot be read was cut short by a crash of the machine: its owner is gone. */
function parseOwner(text: string): OwnerFile {
  const gone: OwnerFile = { pid: 0, started: null, host: '', state: 'released', address: null };
  try {
    return ownerSchema.safeParse(JSON.parse(text)).data ?? gone;
  } catch {
    return gone;
  }
}

/** Whether this owner may still write. An owner on another machine lives as long as its heartbeat does. */
export async function isAlive(owner: Owner, now: number): Promise<boolean> {
  if (owner.state === 'released') return false;
  const state = await processState(owner);
  return state === 'unknown' ? now - owner.heartbeat < FOREIGN_SILENCE_MS : state === 'alive';
}

/**
 * Claims the folder after `previous` (0 when nobody owned it). Undefined when somebody else was faster.
 * The caller has made sure that the previous owner is dead or has released it.
 */
export async function claimOwnership(folder: string, previous: number): Promise<OwnerLock | undefined> {
  const generation = previous + 1;
  const path = lockPath(folder, generation);
  const content: OwnerFile = { ...(await thisProcess()), state: 'starting', address: null };
  const draft = `${path}.${process.pid}.${performance.now()}`;
  await writeFile(draft, JSON.stringify(content), { mode: 0o600, flag: 'wx' });
  try {
    await link(draft, path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return undefined;
    throw error;
  } finally {
    await unlink(draft);
  }
  const generations = await listGenerations(folder);
  if (generations.some((other) => other > generation)) {
    await unlink(path);
    return undefined;
  }
  for (const old of generations.filter((other) => other < generation - GENERATIONS_KEPT)) {
    await unlink(lockPath(folder, old)).catch(() => undefined);
  }
  return new OwnerLock(folder, generation, content);
}

export class OwnerLock {
  readonly folder: string;
  readonly generation: number;
  #content: OwnerFile;

  constructor(folder: string, generation: number, content: OwnerFile) {
    this.folder = folder;
    this.generation = generation;
    this.#content = content;
  }

  /** Tells joiners where to connect. */
  async announce(address: SocketAddress): Promise<void> {
    await this.#write({ ...this.#content, state: 'ready', address });
  }

  /** Gives the folder up; call it only when nothing can write to it any more. */
  async release(): Promise<void> {
    await this.#write({ ...this.#content, state: 'released', address: null });
  }

  /** Says that this owner lives; false when another one took over, so that this one must stop at once. */
  async beat(now: number): Promise<boolean> {
    if ((await listGenerations(this.folder)).some((other) => other > this.generation)) return false;
    await utimes(lockPath(this.folder, this.generation), now / 1000, now / 1000);
    return true;
  }

  async #write(content: OwnerFile): Promise<void> {
    this.#content = content;
    const path = lockPath(this.folder, this.generation);
    await writeFile(`${path}.next`, JSON.stringify(content), { mode: 0o600 });
    await rename(`${path}.next`, path);
  }
}

async function listGenerations(folder: string): Promise<number[]> {
  return (await readdir(folder)).flatMap((name) => {
    const match = LOCK_NAME.exec(name);
    return match?.[1] === undefined ? [] : [Number(match[1])];
  });
}

import { readdir, readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';

/** Enough to tell a process from a later one that was given the same pid. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Kernel start time on this boot; null where the system does not tell. */
  readonly started: string | null;
  /** Machine and pid namespace: a pid means nothing outside of it. */
  readonly host: string;
}

export async function thisProcess(): Promise<ProcessIdentity> {
  return { pid: process.pid, started: (await readStart(process.pid))?.started ?? null, host: await thisHost() };
}

/** `unknown` when the process belongs to another machine or container, which cannot be looked into from here. */
export async function processState(identity: ProcessIdentity): Promise<'alive' | 'dead' | 'unknown'> {
  if (identity.host !== (await thisHost())) return 'unknown';
  if (!answersToSignals(identity.pid)) return 'dead';
  if (identity.started === null) return 'alive';
  const found = await readStart(identity.pid);
  if (found === undefined || found.started !== identity.started) return 'dead';
  return found.zombie && !(await hasRunningThreads(identity.pid)) ? 'dead' : 'alive';
}

function answersToSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function readStart(pid: number): Promise<{ started: string; zombie: boolean } | undefined> {
  try {
    const [stat, boot] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    ]);
    // The command name may hold spaces and brackets; the fields after it do not.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { started: `${boot.trim()}/${fields[19]}`, zombie: fields[0] === 'Z' };
  } catch {
    return undefined;
  }
}

/** A killed process shows as a zombie while one of its threads may still be finishing a write. */
async function hasRunningThreads(pid: number): Promise<boolean> {
  try {
    return (await readdir(`/proc/${pid}/task`)).length > 1;
  } catch {
    return false;
  }
}

let host: string | undefined;

async function thisHost(): Promise<string> {
  host ??= `${hostname()}/${await readlink('/proc/self/ns/pid').catch(() => process.platform)}`;
  return host;
}

/**
 * A search over 5,000 sections of one vocabulary: every word is in a good part of them, the worst case for a list of
 * candidates. Beside a floor of one statement that does nothing. And the nearest of their embeddings, by pgvector where
 * there is one and without, beside a floor of reading them.
 */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { prepareRunbook } from '../src/core/runbook/prepare.ts';
import { createLog } from '../src/log.ts';
import { createRunbookSearch } from '../src/pipeline/runbooks/find.ts';
import type { SectionEmbeddingStore } from '../src/pipeline/section-embeddings.ts';
import { type DatabaseHandle, openDatabase, parseDatabaseTarget } from '../src/postgres/database.ts';
import { migrateToLatest } from '../src/postgres/migrate.ts';
import { createStores } from '../src/postgres/stores.ts';
import { onServer, time } from './measuring.ts';

const SECTIONS = 5_000;
const SECTIONS_A_RUNBOOK = 50;
const TIMES = 15;
const SLOW_TIMES = 5;
/** As OpenAI's text-embedding-3-small has. */
const DIMENSIONS = 1_536;

const QUESTIONS = {
  plain: 'checkout payments are timing out since the deploy, what do we do about the provider',
  misspelt: 'chekout paymnts timing out since the deploy, what do we do about the provder',
  long: 'the queue is full and the worker stuck, orders late, disk and memory high, cache cold, replica behind, search slow',
} as const;

const WORDS =
  `checkout payment provider timeout queue worker stuck disk full memory high cache cold replica behind search slow
  order late deploy rollback restart scale pod node database connection pool limit lock index backup restore failover
  certificate expired renew key rotate webhook endpoint delivery retry email bounce login session token account refund
  invoice report export dashboard alert metric log trace upload image region traffic gateway request error crash`.split(
    /\s+/,
  );

export interface RunbooksBench {
  where: string;
  sections: number;
  /** Median milliseconds of an idle statement, and of a search by the kind of question. */
  floor: number;
  searches: Readonly<Record<keyof typeof QUESTIONS, number>>;
  /** Median milliseconds of reading every embedding, and of finding the nearest; null where there is no pgvector. */
  nearest: { floor: number; withPgvector: number | null; without: number };
}

/** @param server URL of a server on which a database may be made and dropped, or `memory`. */
export async function benchRunbooks(server: string, sections = SECTIONS): Promise<RunbooksBench> {
  if (server === 'memory') return measure(await openDatabase(parseDatabaseTarget(server), { log }), sections);
  const name = `bench_${randomUUID().replaceAll('-', '')}`;
  await onServer(server, `CREATE DATABASE ${name}`);
  const url = Object.assign(new URL(server), { pathname: `/${name}` }).href;
  try {
    return await measure(await openDatabase({ kind: 'server', url }, { log }), sections);
  } finally {
    await onServer(server, `DROP DATABASE ${name} WITH (FORCE)`);
  }
}

const log = createLog('silent');

async function measure(handle: DatabaseHandle, sections: number): Promise<RunbooksBench> {
  try {
    await migrateToLatest(handle);
    const context = { workspace: 'bench', timezone: 'UTC', clock: Date.now, newId: uuidv7, failureStatuses: [], log };
    const { runbooks, sectionEmbeddings } = createStores(handle, context);
    for (let number = 0; number * SECTIONS_A_RUNBOOK < sections; number += 1) {
      const prepared = prepareRunbook(guideOf(number));
      if ('fault' in prepared) throw new Error(prepared.fault);
      await runbooks.add(prepared, { actor: 'bench', role: 'admin', channel: null });
    }
    await sql`ANALYZE`.execute(handle.kysely);
    const search = createRunbookSearch({ runbooks, timezone: 'UTC', findByMeaning: null });
    const find = (words: string) =>
      medianOf(() => search.find({ need: { words }, readers: 'operator', asOf: Date.now() }));
    return {
      where: handle.kind === 'server' ? 'PostgreSQL' : 'embedded',
      sections,
      floor: await medianOf(() => sql`SELECT 1`.execute(handle.kysely)),
      searches: {
        plain: await find(QUESTIONS.plain),
        misspelt: await find(QUESTIONS.misspelt),
        long: await find(QUESTIONS.long),
      },
      nearest: await measureNearest(handle, sectionEmbeddings),
    };
  } finally {
    await handle.close();
  }
}

async function measureNearest(handle: DatabaseHandle, embeddings: SectionEmbeddingStore) {
  const model = 'bench';
  for (let seed = 1; ; seed += 1) {
    const sections = await embeddings.missing(model, 250);
    if (sections.length === 0) break;
    await embeddings.keep(model, new Map(sections.map(({ id }, at) => [id, directionOf(seed * 1_000 + at)])));
  }
  const asked = { model, embedding: directionOf(0) };
  const find = () => medianOf(() => embeddings.nearest(asked, 'operator'), SLOW_TIMES);
  const read = sql`SELECT sum(embedding[1] + embedding[cardinality(embedding)]) FROM runbook_sections`;
  const floor = await medianOf(() => read.execute(handle.kysely), SLOW_TIMES);
  const { hasPgvector } = await embeddings.state(model);
  const withPgvector = hasPgvector ? await find() : null;
  await sql`DROP EXTENSION IF EXISTS vector`.execute(handle.kysely);
  return { floor, withPgvector, without: await find() };
}

/** Of length 1, anywhere, the same on every run. */
function directionOf(seed: number): number[] {
  const numbers = Array.from({ length: DIMENSIONS }, (_, at) => Math.sin((seed + 1) * 12.9898 + at * 78.233) % 1);
  const length = Math.hypot(...numbers);
  return numbers.map((one) => one / length);
}

async function medianOf(work: () => Promise<unknown>, times = TIMES): Promise<number> {
  await work();
  const taken: number[] = [];
  for (let turn = 0; turn < times; turn += 1) taken.push(await time(work));
  return taken.sort((a, b) => a - b)[Math.floor(times / 2)] ?? 0;
}

/** A runbook whose sections are drawn from the one vocabulary, the same on every run. */
function guideOf(number: number) {
  const word = (at: number): string => WORDS[(at * 2_654_435_761) % WORDS.length] ?? '';
  const passages = Array.from({ length: SECTIONS_A_RUNBOOK }, (_, place) => {
    const from = number * 7_919 + place * 104_729;
    const text = Array.from({ length: 150 }, (__, at) => word(from + at * 31)).join(' ');
    return { headings: [`Guide ${number}`, `${word(from)} ${word(from + 1)} ${place}`], text, page: null };
  });
  return {
    fileName: `guide-${number}.md`,
    media: 'markdown' as const,
    contentHash: String(number),
    bytes: 1,
    pages: null,
    pagesWithoutText: 0,
    frontMatter: {},
    passages,
  };
}

export function describeRunbooks({ where, sections, floor, searches, nearest }: RunbooksBench): string {
  const most = where === 'PostgreSQL' ? 150 : 500;
  const figures = Object.entries(searches).map(([kind, ms]) => `${kind} ${ms.toFixed(0)} ms`);
  const ratio = (ms: number) => `${ms.toFixed(0)} ms (${(ms / nearest.floor).toFixed(1)} of reading them)`;
  const pgvector = nearest.withPgvector === null ? 'not here' : ratio(nearest.withPgvector);
  return [
    `runbooks: a search over ${sections} sections on ${where}: ${figures.join(', ')} (limit ${most} ms); an idle statement ${floor.toFixed(1)} ms`,
    `runbooks: the nearest of ${sections} embeddings of ${DIMENSIONS} numbers on ${where}: with pgvector ${pgvector}, without ${ratio(nearest.without)}; reading them ${nearest.floor.toFixed(0)} ms`,
  ].join('\n');
}

import type { AskContext } from './ask-deps.ts';

/** The latest event of any source by then, epoch ms; null without any. */
export async function watermarkOf({ stores, request }: Pick<AskContext, 'stores' | 'request'>): Promise<number | null> {
  const latest = (await stores.freshness.list()).map(({ last_event_at }) => last_event_at);
  return latest.length === 0 ? null : Math.min(Math.max(...latest), request.asOf);
}

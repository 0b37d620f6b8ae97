import type { Config } from '../config.ts';
import type { DemoEvent } from '../demo/demo-event.ts';
import { SeepassError } from '../errors.ts';
import { createAcceptance, createPreparation } from '../event-acceptance.ts';
import { type IngestReport, type InputRecord, ingest } from '../pipeline/ingest.ts';
import type { Clock, EventStore } from '../pipeline/ports.ts';
import type { DatabaseTarget } from '../postgres/target.ts';
import { eventsSource } from '../sources/events.ts';

/** Events are handed over in groups, so that each does not cost a turn of the event loop. */
const GROUP = 1000;

export interface SeedTarget {
  config: Config;
  /** Where the store lies: an embedded folder keeps its pseudonym key beside its data. */
  target: DatabaseTarget;
  store: EventStore;
  clock: Clock;
  onProgress?: (soFar: Readonly<IngestReport>) => void;
}

/**
 * Stores a made-up product's events the way any import does: checked, normalised, redacted, deduped.
 * Seeding twice stores nothing new.
 * @throws SeepassError `bad_arguments` when some are refused: they lie in the future, or before 2000.
 */
export async function seedDatabase(events: Iterable<DemoEvent>, seedTarget: SeedTarget): Promise<IngestReport> {
  const { config, target, store, clock, onProgress } = seedTarget;
  const accept = createAcceptance(createPreparation(config, target, clock))(eventsSource);
  const report = await ingest(groups(events), { store, accept, clock, ...(onProgress ? { onProgress } : {}) });
  const refused = report.rejections[0];
  if (refused !== undefined) {
    throw new SeepassError('bad_arguments', `${report.rejected} of the events were refused: ${refused.reason}.`, {
      fix: 'Choose another --end: not in the future, and with every day after 2000.',
    });
  }
  return report;
}

function* groups(events: Iterable<DemoEvent>): Generator<InputRecord[]> {
  let line = 0;
  let group: InputRecord[] = [];
  for (const value of events) {
    line += 1;
    group.push({ line, value });
    if (group.length < GROUP) continue;
    yield group;
    group = [];
  }
  yield group;
}

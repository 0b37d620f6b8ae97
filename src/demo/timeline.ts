import type { Source } from '../core/records.ts';
import type { DemoEvent } from './demo-event.ts';

interface Waiting {
  at: number;
  event: DemoEvent;
}

/** Holds events until their hour is over, so that they leave in time order whatever order they were made in. */
export class Timeline {
  #waiting: Waiting[] = [];

  add(at: number, event: DemoEvent): void {
    this.#waiting.push({ at, event });
  }

  /** Takes out what happened before `end`, oldest first; a silent source's events are lost. */
  *takeBefore(end: number, silent: ReadonlySet<Source>): Generator<DemoEvent> {
    const ready: Waiting[] = [];
    const later: Waiting[] = [];
    for (const item of this.#waiting) (item.at < end ? ready : later).push(item);
    this.#waiting = later;
    ready.sort((a, b) => a.at - b.at);
    for (const { event } of ready) if (!silent.has(event.source)) yield event;
  }
}

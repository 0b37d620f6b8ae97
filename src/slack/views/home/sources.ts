import type { HomeModel, HomeSource } from '../../../core/delivery/home-model.ts';
import { formatMinutes, formatMoment } from '../../../core/facts/render.ts';
import { sourceNames } from '../../../core/query/answer/sources-of.ts';
import type { JsonObject } from '../../../core/records.ts';
import { header, section } from '../elements.ts';
import { silenceOf } from './top-line.ts';

/** When each source was last heard of. The checklist says how to begin where there is none. */
export function buildSources({ sources, now, timezone }: HomeModel): JsonObject[] {
  if (sources.length === 0) return [];
  return [header('Data sources'), section(sources.map((source) => lineOf(source, now, timezone)).join('\n'))];
}

function lineOf(source: HomeSource, now: number, timezone: string): string {
  const words = sourceNames([source.source]);
  const name = `*${words.slice(0, 1).toUpperCase()}${words.slice(1)}*`;
  if (source.silentHours !== null)
    return `${name} ${silenceOf(source)}, since ${formatMoment(source.lastEventAt, timezone)}`;
  const minutes = (now - source.lastEventAt) / 60_000;
  return `${name} last event ${minutes < 1 ? 'just now' : `${formatMinutes(minutes)} ago`}`;
}

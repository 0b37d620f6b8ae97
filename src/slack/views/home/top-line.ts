import type { HomeModel, HomeSource } from '../../../core/delivery/home-model.ts';
import { countOf, formatCount, formatMinutes } from '../../../core/facts/render.ts';
import { sourceNames } from '../../../core/query/answer/sources-of.ts';

/** "3 open, 1 yours. Data fresh except Help Scout (silent 26 h)." */
export function topLine({ incidents, viewer, sources, latest }: HomeModel): string {
  return `${openWords(incidents, viewer, latest !== null || sources.length > 0)} ${freshWords(sources, latest !== null)}`;
}

function openWords(incidents: HomeModel['incidents'], viewer: string, hasData: boolean): string {
  if (incidents.length === 0) return hasData ? 'Nothing open.' : 'Welcome.';
  const mine = incidents.filter(({ owner }) => owner === viewer).length;
  return `${formatCount(incidents.length)} open${mine > 0 ? `, ${formatCount(mine)} yours` : ''}.`;
}

function freshWords(sources: readonly HomeSource[], isJudged: boolean): string {
  if (sources.length === 0) return isJudged ? 'No events arrive: only figures that were imported.' : 'No data yet.';
  const silent = sources.filter(({ silentHours }) => silentHours !== null);
  if (silent.length === 0)
    return sources.length === 1 ? 'Its only source is fresh.' : `All ${countOf(sources.length, 'source')} fresh.`;
  const names = silent.map((source) => `${sourceNames([source.source])} (${silenceOf(source)})`).join(', ');
  return silent.length === sources.length ? `No data is fresh: ${names}.` : `Data fresh except ${names}.`;
}

/** "silent 26 h" */
export const silenceOf = ({ silentHours }: HomeSource): string => `silent ${formatMinutes((silentHours ?? 0) * 60)}`;

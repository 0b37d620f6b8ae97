import type { DigestModel } from '../../core/delivery/digest-model.ts';
import { countOf, formatDay } from '../../core/facts/render.ts';
import type { JsonObject } from '../../core/records.ts';
import { SLASH_COMMAND } from '../ids.ts';
import { context, divider, header, section } from './elements.ts';
import { fitBlocks } from './fit.ts';
import { buildPriorityLine } from './priority-item.ts';
import { wordItem } from './reading.ts';

/** The App Home: the latest judged day in short, or what to do when there is none. */
export function buildHome(model: DigestModel | null): JsonObject {
  return { type: 'home', blocks: [header('What to fix next'), ...body(model), divider(), context(hint())] };
}

function body(model: DigestModel | null): JsonObject[] {
  if (model === null) return [section('Nothing has been judged yet. Send events, then run `seepass run`.')];
  const day = `${formatDay(model.date)}, ${model.timezone} · ${countOf(model.surfaces, 'surface')} judged`;
  if (model.items.length === 0) return [section('*All quiet.* Nothing is outside normal.'), context(day)];
  return [
    context(day),
    ...fitBlocks((scale) => model.items.map((item) => buildPriorityLine(wordItem(item, model), scale))),
  ];
}

const hint = (): string => `\`${SLASH_COMMAND} top\` ranks any day, \`${SLASH_COMMAND} help\` lists what I understand.`;

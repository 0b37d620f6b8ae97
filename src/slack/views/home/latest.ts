import type { HomeModel } from '../../../core/delivery/home-model.ts';
import { headline, trendWord } from '../../../core/explain/describe.ts';
import { buildFacts } from '../../../core/facts/ledger.ts';
import { countOf, formatDay, SEVERITY_SHAPES } from '../../../core/facts/render.ts';
import { severityOf } from '../../../core/rank/severity.ts';
import type { JsonObject, Priority } from '../../../core/records.ts';
import { ACTIONS, encodePriority, SLASH_COMMAND } from '../../ids.ts';
import { escapeText, quote, shorten } from '../../mrkdwn.ts';
import { button, context, header, section } from '../elements.ts';

const NAME = 60;

/** The last judged day's first priorities, a line each. */
export function buildLatest(model: HomeModel, scale: number): JsonObject[] {
  const { latest } = model;
  if (latest === null) return [];
  const judged = `${formatDay(latest.date)} · ${countOf(latest.surfaces, 'page')} judged`;
  const title = header('What to fix next');
  if (latest.total === 0) return [title, section('*All quiet.* Nothing was outside normal.'), context(judged)];
  const more = latest.total - latest.priorities.length;
  return [
    title,
    ...latest.priorities.map((priority) => lineOf(priority, model, scale)),
    context(
      more > 0 ? `${judged} · \`${SLASH_COMMAND} top ${Math.min(20, latest.total)}\` lists ${more} more` : judged,
    ),
  ];
}

function lineOf(priority: Priority, model: HomeModel, scale: number): JsonObject {
  // A long route would push the figure off a phone's first line: the name gives way, never the figure.
  const named = { ...priority, entity_key: shorten(priority.entity_key, Math.max(24, Math.round(NAME * scale))) };
  const words = headline(named, buildFacts(named, model));
  const title = `${priority.rank} · ${SEVERITY_SHAPES[severityOf(priority)]} ${quote(words, 130)}`;
  return section(
    `*${title}* · ${escapeText(trendWord(priority))}`,
    button('Details', {
      actionId: ACTIONS.details,
      value: encodePriority(priority.date, priority),
      describedAs: `Details of ${words}`,
    }),
  );
}

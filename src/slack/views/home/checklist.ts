import { CHECKLIST_STEPS, type ChecklistStep, isOptional } from '../../../core/delivery/home-checklist.ts';
import type { HomeModel } from '../../../core/delivery/home-model.ts';
import { formatMoment } from '../../../core/facts/render.ts';
import type { JsonObject } from '../../../core/records.ts';
import { SLASH_COMMAND } from '../../ids.ts';
import { quote } from '../../mrkdwn.ts';
import { header, section } from '../elements.ts';

/** What a step is once it is done. */
const DONE: Readonly<Record<ChecklistStep, string>> = {
  events: 'Events arrive',
  channel: 'A channel is chosen',
  invited: 'I am in that channel',
  digest: 'The first digest was written',
  admins: 'Admins are named',
  model: 'A model words answers',
};

/** What is left to do before all of this is useful, each step with how. */
export function buildChecklist(model: HomeModel): JsonObject[] {
  const lines = CHECKLIST_STEPS.map((step) =>
    model.checklist[step] === 'done' ? `✓ ${DONE[step]}` : `☐ ${toDo(step, model)}`,
  );
  const left = CHECKLIST_STEPS.filter((step) => model.checklist[step] === 'missing' && !isOptional(step)).length;
  return [header(left === 1 ? 'One step left' : `${left} steps left`), section(lines.join('\n'))];
}

function toDo(step: ChecklistStep, { viewer, subscriptions, checklist }: HomeModel): string {
  switch (step) {
    case 'events':
      return '*Send me events.* Import a file with `seepass import events.jsonl`, or post to `/v1/events`.';
    case 'channel':
      return `*Choose a channel.* Type \`${SLASH_COMMAND} subscribe\` in it.`;
    case 'invited':
      if (checklist.channel === 'missing') return '*Invite me to that channel* with `/invite @Seepass`.';
      return checklist.invited === 'unknown'
        ? 'Slack does not say whether I am in that channel: `/invite @Seepass` makes sure.'
        : '*Invite me to your channel* with `/invite @Seepass`.';
    case 'digest': {
      const next = nextDigest(subscriptions);
      if (next === null) return 'The first digest comes once a channel is chosen and a day was judged.';
      return `The first digest comes ${formatMoment(next.at, next.zone)} ${quote(next.zone, 60)}.`;
    }
    case 'admins':
      return `*Name who may change settings:* SEEPASS_ADMINS takes member ids. Yours is \`${quote(viewer, 20)}\`.`;
    case 'model':
      return 'Optional: with ANTHROPIC_API_KEY a model words answers. Without one I use plain sentences of my own.';
  }
}

function nextDigest(subscriptions: HomeModel['subscriptions']): { at: number; zone: string } | null {
  const due = subscriptions.flatMap(({ kind, paused, nextDueAt, schedule }) =>
    kind === 'digest' && paused === null && nextDueAt !== null && schedule !== null
      ? [{ at: nextDueAt, zone: schedule.zone }]
      : [],
  );
  return due.sort((a, b) => a.at - b.at)[0] ?? null;
}

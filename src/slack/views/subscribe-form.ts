import { WEEKLY_BUDGET } from '../../core/delivery/subscription.ts';
import { clockTime } from '../../core/delivery/subscription-words.ts';
import { MOST_BUDGET } from '../../core/delivery/wish.ts';
import { ZONES } from '../../core/delivery/zones.ts';
import type { JsonObject } from '../../core/records.ts';
import { CALLBACKS, SUBSCRIBE_INPUTS } from '../ids.ts';
import { formModal, input, menu, option, radioButtons, textInput } from './form.ts';

const SUBSCRIBE_TITLE = 'Subscribe a channel';

/** Slack's limit of options in a group. */
const GROUP = 100;
const QUESTION_CHARACTERS = 500;

const KINDS = [
  option('The daily digest', 'digest'),
  option('The digest of the week', 'weekly'),
  option('Alerts, as things break', 'alerts'),
  option('A question, asked anew each time', 'question'),
];
const EVERYTHING = option('Everything', 'low');
const SEVERITIES = [EVERYTHING, option('Medium and worse', 'medium'), option('High only', 'high')];
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/**
 * Everything `/seepass subscribe` takes in words, as a form.
 * @param start the channel it was opened in (empty for none), zone, and time of day in minutes after midnight.
 */
export function buildSubscribeForm(start: { channel: string; zone: string; minute: number }): JsonObject {
  const { channel, kind, surfaces, severity, time, days, zone, question, quiet, quietUntil, budget } = SUBSCRIBE_INPUTS;
  const optional = (hint?: string) => ({ isOptional: true, ...(hint === undefined ? {} : { hint }) });
  return formModal(CALLBACKS.subscribe, { title: SUBSCRIBE_TITLE, submit: 'Subscribe', metadata: start.channel }, [
    input(channel, 'Channel', {
      type: 'conversations_select',
      action_id: channel,
      ...(/^[CGD]/.test(start.channel) ? { initial_conversation: start.channel } : {}),
    }),
    input(kind, 'What it is told', radioButtons(kind, KINDS)),
    input(
      surfaces,
      'Pages',
      { type: 'plain_text_input', action_id: surfaces, max_length: 1_000 },
      optional('Such as /checkout* /search. Left out: every page.'),
    ),
    input(severity, 'How bad it has to be', menu(severity, 'Everything', SEVERITIES, EVERYTHING)),
    input(
      time,
      'Time of day',
      { type: 'timepicker', action_id: time, initial_time: clockTime(start.minute) },
      optional('Not for alerts: they come as things break.'),
    ),
    input(
      days,
      'Days',
      { type: 'checkboxes', action_id: days, options: DAYS.map((day, index) => option(day, String(index + 1))) },
      optional('Left out: weekdays for the daily digest, Monday for the rest.'),
    ),
    input(zone, 'Time zone', zoneMenu(zone, start.zone)),
    input(
      question,
      'Question',
      textInput(question, QUESTION_CHARACTERS),
      optional('Only for a question, such as: error rate on /checkout last week'),
    ),
    input(
      quiet,
      'Quiet from',
      { type: 'timepicker', action_id: quiet },
      optional('Only for alerts: until it ends, only high severity comes through.'),
    ),
    input(quietUntil, 'Quiet until', { type: 'timepicker', action_id: quietUntil }, optional()),
    input(
      budget,
      'Alerts a week at most',
      {
        type: 'number_input',
        action_id: budget,
        is_decimal_allowed: false,
        min_value: '0',
        max_value: String(MOST_BUDGET),
      },
      optional(`Only for alerts; ${WEEKLY_BUDGET} when left out. What is beyond waits for the digest.`),
    ),
  ]);
}

function zoneMenu(actionId: string, initial: string): JsonObject {
  const known = ZONES.includes(initial) ? [] : [group(initial, [initial])];
  const regions = [...new Set(ZONES.map(regionOf))];
  return {
    type: 'static_select',
    action_id: actionId,
    option_groups: [
      ...known,
      ...regions.flatMap((region) =>
        groupsOf(
          region,
          ZONES.filter((zone) => regionOf(zone) === region),
        ),
      ),
    ],
    initial_option: option(initial, initial),
  };
}

function groupsOf(region: string, zones: readonly string[]): JsonObject[] {
  if (zones.length <= GROUP) return [group(region, zones)];
  const parts = Array.from({ length: Math.ceil(zones.length / GROUP) }, (_, part) =>
    zones.slice(part * GROUP, (part + 1) * GROUP),
  );
  return parts.map((part) => group(`${region}, ${cityOf(part[0])} to ${cityOf(part.at(-1))}`, part));
}

const regionOf = (zone: string): string => zone.split('/')[0] ?? zone;
const cityOf = (zone = ''): string => zone.slice(zone.indexOf('/') + 1).replaceAll('_', ' ');

const group = (label: string, zones: readonly string[]): JsonObject => ({
  label: { type: 'plain_text', text: label.slice(0, 75), emoji: false },
  options: zones.map((zone) => option(zone, zone)),
});

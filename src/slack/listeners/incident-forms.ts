import type { App } from '@slack/bolt';
import { formatMoment } from '../../core/facts/render.ts';
import type { IncidentCommand } from '../../core/incident/command.ts';
import { readClockTime } from '../../core/when/clock-time.ts';
import { instantOf } from '../../core/when/moment.ts';
import { isDate } from '../../core/window.ts';
import type { ListenerDeps } from '../deps.ts';
import { noteOf } from '../incident-command.ts';
import { formMetadataSchema, INCIDENT_CALLBACKS, INCIDENT_INPUTS } from '../incident-ids.ts';
import { type Submission, submissionSchema } from '../payloads.ts';
import { guard } from './guard.ts';
import { pressIncident, readPressed, tellInChannel } from './incident-press.ts';

/** What a form says: a command, or by input what is wrong with it. */
type FormRead = { command: IncidentCommand } | { errors: Record<string, string> };

const { date: DATE, time: TIME, reason: REASON, closure: CLOSURE, duplicateOf: ORIGINAL, note: NOTE } = INCIDENT_INPUTS;

/** The forms of incidents: what is wrong is said in the form, before anything happens. */
export function registerIncidentForms(app: App, deps: ListenerDeps): void {
  const forms = [
    {
      callbackId: INCIDENT_CALLBACKS.snooze,
      read: (sent: Submission) => readSnoozeForm(sent, deps),
      what: 'I could not snooze it',
    },
    { callbackId: INCIDENT_CALLBACKS.none, read: readNoneForm, what: 'I could not close it' },
  ];
  for (const { callbackId, read, what } of forms) {
    app.view(callbackId, async ({ ack, body }) => {
      const sent = submissionSchema.parse(body);
      const form = read(sent);
      if ('errors' in form) {
        await ack({ response_action: 'errors', errors: form.errors });
        return;
      }
      await ack();
      const { incident, channel, ts } = formMetadataSchema.parse(JSON.parse(sent.view.private_metadata));
      const tell = tellInChannel(deps, sent.user.id, channel);
      await guard(deps.log, {
        what,
        about: { form: callbackId, user: sent.user.id, incident },
        tell,
        work: () =>
          pressIncident(deps, readPressed(incident), form.command, {
            user: sent.user.id,
            channel: channel === '' ? null : channel,
            ts,
            tell,
          }),
      });
    });
  }
}

const fieldOf = ({ view }: Submission, name: string) => view.state.values[name]?.[name];

/** A day and a time on the workspace's clock, which have to be to come. */
function readSnoozeForm(sent: Submission, { clock, timezone }: Pick<ListenerDeps, 'clock' | 'timezone'>): FormRead {
  const date = fieldOf(sent, DATE)?.selected_date ?? '';
  const time = readClockTime(fieldOf(sent, TIME)?.selected_time ?? '');
  if (!isDate(date)) return { errors: { [DATE]: 'Choose a day.' } };
  if (time === undefined || 'fault' in time) return { errors: { [TIME]: 'Choose a time.' } };
  const until = instantOf(date, time.minute, timezone);
  const note = noteOf(fieldOf(sent, REASON)?.value ?? '');
  if (until > clock()) return { command: { kind: 'snooze', until, note } };
  const now = formatMoment(clock(), timezone);
  return { errors: { [DATE]: `That is in the past: it is ${now} in ${timezone}.` } };
}

/** False alarm, expected, or a duplicate of an incident that is named. */
function readNoneForm(sent: Submission): FormRead {
  const closure = fieldOf(sent, CLOSURE)?.selected_option?.value ?? '';
  const note = noteOf(fieldOf(sent, NOTE)?.value ?? '');
  if (closure === 'false' || closure === 'expected') return { command: { kind: 'close', closure, note } };
  const original = fieldOf(sent, ORIGINAL)?.selected_option?.value;
  if (closure !== 'duplicate') return { errors: { [CLOSURE]: 'Choose what it was.' } };
  if (original == null) return { errors: { [ORIGINAL]: 'Choose the incident that it repeats.' } };
  return { command: { kind: 'close', closure: 'duplicate', duplicateOf: original, note } };
}

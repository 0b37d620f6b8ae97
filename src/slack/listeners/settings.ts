import type { App } from '@slack/bolt';
import { MOST_A_WEEK, readDailyQuiet, type SettingsChange } from '../../core/delivery/workspace-settings.ts';
import { SENSITIVITIES } from '../../core/detect/sensitivity.ts';
import type { ListenerDeps } from '../deps.ts';
import { HOME_ACTIONS, SETTINGS_CALLBACK, SETTINGS_INPUTS } from '../home-ids.ts';
import { blockActionSchema, type Submission, submissionSchema } from '../payloads.ts';
import { publishHome } from '../publish-home.ts';
import { buildSettingsModal, SETTINGS_TITLE } from '../views/home/settings-modal.ts';
import { buildNotice } from '../views/notice.ts';
import { guard } from './guard.ts';
import { openModal } from './modal.ts';

/** What admins set, out of the Home. Whether somebody is one is asked when it opens, and again when it is saved. */
export function registerSettings(app: App, deps: ListenerDeps): void {
  app.action(HOME_ACTIONS.settings, async ({ ack, body }) => {
    await ack();
    const pressed = blockActionSchema.parse(body);
    await openModal(deps, pressed, {
      callbackId: SETTINGS_CALLBACK,
      title: SETTINGS_TITLE,
      what: 'I could not read the settings',
      fill: async (show) =>
        show(buildSettingsModal(await deps.home.settings.open(pressed.user.id), deps.home.sensitivity)),
    });
  });

  app.view(SETTINGS_CALLBACK, async ({ ack, body }) => {
    const sent = submissionSchema.parse(body);
    const user = sent.user.id;
    const form = readSettingsForm(sent);
    if ('errors' in form) {
      await ack({ response_action: 'errors', errors: form.errors });
      return;
    }
    await ack();
    await guard(deps.log, {
      what: 'I could not save the settings',
      about: { form: SETTINGS_CALLBACK, user },
      tell: (notice) => publishHome(deps, user, { notice: notice.blocks }),
      work: async () => {
        await deps.home.settings.save(form.change, user);
        await publishHome(deps, user, { notice: buildNotice('The settings are saved.').blocks });
      },
    });
  });
}

/** What the form says, or by input what is wrong with it. */
export function readSettingsForm({
  view,
}: Submission): { change: SettingsChange } | { errors: Record<string, string> } {
  const fieldOf = (name: string) => view.state.values[name]?.[name];
  const quiet = readDailyQuiet(fieldOf(SETTINGS_INPUTS.quiet)?.value ?? '');
  const budget = readBudget(fieldOf(SETTINGS_INPUTS.budget)?.value ?? '');
  if ('fault' in quiet || budget === null)
    return {
      errors: {
        ...('fault' in quiet ? { [SETTINGS_INPUTS.quiet]: quiet.fault } : {}),
        ...(budget === null ? { [SETTINGS_INPUTS.budget]: `A whole number from 0 to ${MOST_A_WEEK}.` } : {}),
      },
    };
  const level = fieldOf(SETTINGS_INPUTS.sensitivity)?.selected_option?.value;
  return {
    change: {
      settings: {
        quietHours: quiet.quiet,
        weeklyBudget: budget,
        sensitivity: SENSITIVITIES.find((known) => known === level) ?? null,
      },
      approvers: fieldOf(SETTINGS_INPUTS.approvers)?.selected_users ?? [],
    },
  };
}

function readBudget(text: string): number | null {
  const budget = /^\s*\d{1,9}\s*$/.test(text) ? Number(text) : Number.NaN;
  return budget <= MOST_A_WEEK ? budget : null;
}
